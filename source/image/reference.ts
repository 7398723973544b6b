import { FathomError } from '../errors.ts';
import { parseDigest } from './digest.ts';

/** The full name of an image in a registry (the distribution project's grammar, `reference.go`). */
export interface ImageReference {
	/** Host and port as written; `docker.io` for every name of Docker Hub. */
	readonly registry: string;
	/** The path in the registry: `library/nginx`. */
	readonly repository: string;
	/** `latest` without a tag and a digest; null with a digest only. */
	readonly tag: string | null;
	/** Digest of the manifest or index; it takes precedence over the tag. */
	readonly digest: string | null;
}

/** Docker Hub's name in references, its older name, the folder of its official images, and the host that serves it. */
const HUB = 'docker.io';
const OLD_HUB = 'index.docker.io';
const OFFICIAL = 'library';
const HUB_HOST = 'registry-1.docker.io';
/** Docker Hub's name in credential files: the address of its first API. */
const HUB_CREDENTIALS = 'https://index.docker.io/v1/';

const LONGEST_NAME = 255;
const label = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const domain = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);
const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const tagPattern = /^\w[\w.-]{0,127}$/;
const imageId = /^[a-f0-9]{64}$/;

/**
 * Parses `[REGISTRY/]PATH[:TAG][@DIGEST]`. A name without a registry belongs to Docker Hub, and a single word is one of its official
 * images. Throws `usage` with the reason.
 */
export function parseReference(text: string): ImageReference {
	if (text === '') throw invalid(text, 'it is empty');
	if (imageId.test(text)) throw invalid(text, 'it is an image ID, which registries do not know');
	const at = text.indexOf('@');
	const digest = at < 0 ? null : readDigest(text, text.slice(at + 1));
	const { name, tag } = splitTag(at < 0 ? text : text.slice(0, at));
	if (tag !== null && !tagPattern.test(tag)) throw invalid(text, tagError(tag));
	const { registry, repository } = splitRegistry(name);
	if (!domain.test(registry)) throw invalid(text, `"${cut(registry)}" is not the name of a registry`);
	const port = /:([0-9]+)$/.exec(registry)?.[1];
	if (port !== undefined && Number(port) > 65_535) throw invalid(text, `${cut(port)} is not a port`);
	checkRepository(text, repository);
	return { registry, repository, tag: tag ?? (digest === null ? 'latest' : null), digest };
}

/** The full reference: `docker.io/library/nginx:1.27`. */
export function formatReference({ registry, repository, tag, digest }: ImageReference): string {
	return `${registry}/${repository}${tag === null ? '' : `:${tag}`}${digest === null ? '' : `@${digest}`}`;
}

/** The registry that a name begins with, as written; null for a short name. */
export function registryOf(name: string): string | null {
	const slash = name.indexOf('/');
	const first = slash < 0 ? '' : name.slice(0, slash);
	return first === 'localhost' || /[.:A-Z]/.test(first) ? first : null;
}

/** Host and port of the machine that serves a registry. */
export function registryHost({ registry }: Pick<ImageReference, 'registry'>): string {
	return registry === HUB ? HUB_HOST : registry;
}

/** The names of a registry in credential files, in the order of lookup. */
export function credentialNames({ registry }: Pick<ImageReference, 'registry'>): readonly string[] {
	return registry === HUB ? [HUB_CREDENTIALS, OLD_HUB, HUB, HUB_HOST] : [registry];
}

/** A colon before the last slash belongs to a port. */
function splitTag(text: string): { readonly name: string; readonly tag: string | null } {
	const colon = text.lastIndexOf(':');
	if (colon <= text.lastIndexOf('/')) return { name: text, tag: null };
	return { name: text.slice(0, colon), tag: text.slice(colon + 1) };
}

/** The first component is a registry when it has a dot, a port or a capital letter, or is `localhost`. */
function splitRegistry(name: string): Pick<ImageReference, 'registry' | 'repository'> {
	const written = registryOf(name);
	const registry = written === null || written === OLD_HUB ? HUB : written;
	const path = written === null ? name : name.slice(written.length + 1);
	return { registry, repository: registry === HUB && !path.includes('/') ? `${OFFICIAL}/${path}` : path };
}

function checkRepository(text: string, repository: string): void {
	if (repository.length > LONGEST_NAME)
		throw invalid(text, `its path has ${repository.length} characters; the limit is ${LONGEST_NAME}`);
	for (const part of repository.split('/')) {
		if (component.test(part)) continue;
		if (part === '') throw invalid(text, 'it has an empty path component');
		if (component.test(part.toLowerCase())) throw invalid(text, 'its path must be lowercase');
		throw invalid(
			text,
			`"${cut(part)}" is not a path component, which consists of letters and digits, separated by ".", "_" or "-"`,
		);
	}
}

function readDigest(text: string, written: string): string {
	const digest = parseDigest(written);
	if (digest === null)
		throw invalid(
			text,
			`"${cut(written)}" is not a digest; expected sha256: and 64 or sha512: and 128 of 0-9a-f`,
		);
	return digest;
}

function tagError(tag: string): string {
	if (tag === '') return 'the tag after the colon is empty';
	if (tag.length > 128) return `its tag has ${tag.length} characters; the limit is 128`;
	return `"${cut(tag)}" is not a tag, which consists of letters, digits, ".", "_" and "-"`;
}

function invalid(text: string, reason: string): FathomError {
	return new FathomError({
		code: 'usage',
		message: `"${cut(text)}" is not an image reference: ${reason}.`,
		hint: 'Write [REGISTRY/]NAME[:TAG][@DIGEST], for example nginx:1.27 or localhost:5000/app.',
	});
}

function cut(text: string): string {
	return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}
