import { FathomError } from '../errors.ts';
import { parseDigest } from './digest.ts';

/** The name of an image in a registry, in full (the distribution project's grammar, `reference.go`). */
export interface ImageReference {
	/** Host and port as written, but `docker.io` for Docker Hub by whatever name. */
	readonly registry: string;
	/** The path in the registry: `library/nginx`. */
	readonly repository: string;
	/** `latest` where neither a tag nor a digest is written; null where only a digest is. */
	readonly tag: string | null;
	/** What the manifest or index has to have; it goes before the tag. */
	readonly digest: string | null;
}

/** What Docker Hub is called in references, its older name, where its official images are, and the host that answers for it. */
const HUB = 'docker.io';
const OLD_HUB = 'index.docker.io';
const OFFICIAL = 'library';
const HUB_HOST = 'registry-1.docker.io';
/** What credential files call Docker Hub, by the address of its first API. */
const HUB_CREDENTIALS = 'https://index.docker.io/v1/';

const LONGEST_NAME = 255;
const label = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const domain = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);
const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const tagPattern = /^\w[\w.-]{0,127}$/;
const imageId = /^[a-f0-9]{64}$/;

/**
 * Reads `[REGISTRY/]PATH[:TAG][@DIGEST]`, where a name without a registry is one of Docker Hub, and a single word one of its official
 * images. Throws `usage` and says what is wrong.
 */
export function parseReference(text: string): ImageReference {
	if (text === '') throw invalid(text, 'it is empty');
	if (imageId.test(text)) throw invalid(text, 'it is the ID of an image, which no registry knows');
	const at = text.indexOf('@');
	const digest = at < 0 ? null : readDigest(text, text.slice(at + 1));
	const { name, tag } = splitTag(at < 0 ? text : text.slice(0, at));
	if (tag !== null && !tagPattern.test(tag)) throw invalid(text, tagError(tag));
	const { registry, repository } = splitRegistry(name);
	if (!domain.test(registry)) throw invalid(text, `"${cut(registry)}" is no name of a registry`);
	const port = /:([0-9]+)$/.exec(registry)?.[1];
	if (port !== undefined && Number(port) > 65_535) throw invalid(text, `${cut(port)} is no port`);
	checkRepository(text, repository);
	return { registry, repository, tag: tag ?? (digest === null ? 'latest' : null), digest };
}

/** `docker.io/library/nginx:1.27`: the reference in full. */
export function formatReference({ registry, repository, tag, digest }: ImageReference): string {
	return `${registry}/${repository}${tag === null ? '' : `:${tag}`}${digest === null ? '' : `@${digest}`}`;
}

/** Host and port of the machine that answers for a registry. */
export function registryHost({ registry }: Pick<ImageReference, 'registry'>): string {
	return registry === HUB ? HUB_HOST : registry;
}

/** The names under which credential files may keep what a registry wants, likeliest first. */
export function credentialNames({ registry }: Pick<ImageReference, 'registry'>): readonly string[] {
	return registry === HUB ? [HUB_CREDENTIALS, OLD_HUB, HUB, HUB_HOST] : [registry];
}

/** A colon before the last slash belongs to a port. */
function splitTag(text: string): { readonly name: string; readonly tag: string | null } {
	const colon = text.lastIndexOf(':');
	if (colon <= text.lastIndexOf('/')) return { name: text, tag: null };
	return { name: text.slice(0, colon), tag: text.slice(colon + 1) };
}

/** The first part is a registry when it could be no part of a path: it has a dot, a port or a capital letter, or is `localhost`. */
function splitRegistry(name: string): Pick<ImageReference, 'registry' | 'repository'> {
	const slash = name.indexOf('/');
	const first = slash < 0 ? '' : name.slice(0, slash);
	const isRegistry = first === 'localhost' || /[.:A-Z]/.test(first);
	const written = isRegistry ? first : HUB;
	const registry = written === OLD_HUB ? HUB : written;
	const path = isRegistry ? name.slice(slash + 1) : name;
	return { registry, repository: registry === HUB && !path.includes('/') ? `${OFFICIAL}/${path}` : path };
}

function checkRepository(text: string, repository: string): void {
	if (repository.length > LONGEST_NAME)
		throw invalid(text, `its path has ${repository.length} characters, and at most ${LONGEST_NAME} may be`);
	for (const part of repository.split('/')) {
		if (component.test(part)) continue;
		if (part === '') throw invalid(text, 'a part of its path is empty');
		if (component.test(part.toLowerCase())) throw invalid(text, 'a path has no capital letters');
		throw invalid(
			text,
			`"${cut(part)}" is no part of a path, which has letters and digits with ".", "_" or "-" between them`,
		);
	}
}

function readDigest(text: string, written: string): string {
	const digest = parseDigest(written);
	if (digest === null)
		throw invalid(
			text,
			`"${cut(written)}" is no digest, which is sha256: and 64 or sha512: and 128 of 0-9a-f`,
		);
	return digest;
}

function tagError(tag: string): string {
	if (tag === '') return 'there is no tag after the colon';
	if (tag.length > 128) return `its tag has ${tag.length} characters, and at most 128 may be`;
	return `"${cut(tag)}" is no tag, which has letters, digits, ".", "_" and "-"`;
}

function invalid(text: string, fault: string): FathomError {
	return new FathomError({
		code: 'usage',
		message: `"${cut(text)}" is no image reference: ${fault}.`,
		hint: 'Write [REGISTRY/]NAME[:TAG][@DIGEST], for example nginx:1.27 or localhost:5000/app.',
	});
}

function cut(text: string): string {
	return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}
