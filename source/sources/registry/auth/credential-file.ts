import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../../../image/json.ts';
import { credentialNames, type ImageReference } from '../../../image/reference.ts';
import type { Host } from '../../host.ts';
import { type Credentials, credentialsOf } from './credentials.ts';

/** Files that may hold credentials, in the order of lookup: the one that the environment names, Docker's, then Podman's. */
export function credentialFiles({ environment, homeFolder, userId }: Host): readonly string[] {
	const dockerFolder = environment.DOCKER_CONFIG || join(homeFolder, '.docker');
	const runtimeFolder = environment.XDG_RUNTIME_DIR || (userId === null ? '' : `/run/user/${userId}`);
	const configFolder = environment.XDG_CONFIG_HOME || join(homeFolder, '.config');
	return [
		environment.REGISTRY_AUTH_FILE ?? '',
		join(dockerFolder, 'config.json'),
		runtimeFolder === '' ? '' : join(runtimeFolder, 'containers', 'auth.json'),
		join(configFolder, 'containers', 'auth.json'),
	].filter((path) => path !== '');
}

/** What one file has for a registry. */
export interface CredentialEntry {
	/** NAME of the program `docker-credential-NAME` that has the credentials; null for none. */
	readonly helper: string | null;
	/** The name of the registry to give to the helper. */
	readonly helperKey: string;
	/** Those in the file itself. */
	readonly credentials: Credentials | null;
}

type JsonObject = Readonly<Record<string, unknown>>;

export type CredentialFile = JsonObject;

/** Reads a file; null when it is absent or empty. Throws an error with the reason when it is unreadable or not a JSON object. */
export function readCredentialFile(path: string): CredentialFile | null {
	let text: string;
	try {
		text = readFileSync(path, 'utf8');
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? error.code : null;
		if (code === 'ENOENT' || code === 'ENOTDIR') return null;
		throw new Error(`cannot be read (${code})`);
	}
	if (text.trim() === '') return null;
	const value = parse(text);
	if (isObject(value)) return value;
	throw new Error('is not valid JSON');
}

/** The parser's error would quote the file, which holds passwords. */
function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

/**
 * Looks up a reference: the helper for its registry or else the one for all, and the entry for the longest prefix of its path, as in
 * containers-auth.json(5).
 */
export function lookUp(file: JsonObject, reference: ImageReference): CredentialEntry {
	const names = credentialNames(reference);
	const helpers = objectOf(file.credHelpers);
	const named = names.find((name) => typeof helpers[name] === 'string');
	const helper = named === undefined ? file.credsStore : helpers[named];
	return {
		helper: typeof helper === 'string' && helper !== '' ? helper : null,
		helperKey: named ?? names[0],
		credentials: writtenFor(objectOf(file.auths), reference),
	};
}

function writtenFor(auths: JsonObject, reference: ImageReference): Credentials | null {
	const entries = new Map(Object.entries(auths).map(([key, value]) => [withoutScheme(key), value]));
	const parts = reference.repository.split('/');
	const paths = parts.map((_, index) => `/${parts.slice(0, parts.length - index).join('/')}`);
	const names = credentialNames(reference).map(withoutScheme);
	for (const path of [...paths, '']) {
		for (const name of names) {
			const found = credentialsIn(entries.get(`${name}${path}`));
			if (found) return found;
		}
	}
	return null;
}

/** A registry may be written as a URL: `https://HOST/v1/` and `HOST` are the same. */
function withoutScheme(key: string): string {
	return key.replace(/^https?:\/\//, '').replace(/(?:\/v[12])?\/?$/, '');
}

function credentialsIn(entry: unknown): Credentials | null {
	const { auth, username, password, identitytoken } = objectOf(entry);
	if (typeof identitytoken === 'string' && identitytoken !== '')
		return { kind: 'identity-token', token: identitytoken };
	if (typeof auth === 'string' && auth !== '') {
		const pair = Buffer.from(auth, 'base64').toString('utf8').replace(/\0+$/, '');
		const colon = pair.indexOf(':');
		return colon < 0 ? null : credentialsOf(pair.slice(0, colon), pair.slice(colon + 1));
	}
	return typeof username === 'string' && typeof password === 'string'
		? credentialsOf(username, password)
		: null;
}

function objectOf(value: unknown): JsonObject {
	return isObject(value) ? value : {};
}
