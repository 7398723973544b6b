import { FathomError } from '../errors.ts';
import { parseReference } from '../image/reference.ts';
import { shorten } from '../text/shorten.ts';
import { STANDARD_INPUT } from './archive/standard-input-source.ts';
import { type SourceName, sourceNames } from './image-source.ts';
import { isThere, type NamedImage, readTransport, sourceOfPath, splitImageName } from './transports.ts';

/** What a reference means. */
export type Resolution =
	| { readonly kind: 'standard-input' }
	/** One source alone: named by the user, or a path that is there or can be nothing but a path. */
	| ({ readonly kind: 'one' } & NamedImage)
	/** The name of an image, to be looked for in each of these sources in turn. */
	| { readonly kind: 'search'; readonly sourceNames: readonly SourceName[]; readonly name: string };

/** An ID as engines give it out; a shorter one reads as a name, and engines resolve it. */
const imageId = /^(?:sha256:)?[0-9a-f]{64}$/;

/** Where containers are. */
const containerEngines: readonly SourceName[] = ['docker', 'podman'];

/** Where the name of an image is looked for: in the engines of this machine, then where images are pulled from. */
const searched: readonly SourceName[] = ['docker', 'podman', 'containerd', 'registry'];

/**
 * Tells which source a reference means: the one that the user fixed, the one in front of it (`docker:nginx`), standard input for `-`, a
 * path that is there, and else the name of an image. Throws `usage`, `not-found`, and the system's errors for what can only be a path.
 */
export function resolveSource(reference: string, fixed: SourceName | undefined): Resolution {
	const prefixed = splitPrefix(reference);
	const transported = fixed === undefined ? readTransport(reference) : null;
	if (transported !== null) return { kind: 'one', ...transported };
	if (fixed !== undefined) return resolveFixed(reference, fixed, prefixed);
	if (reference === STANDARD_INPUT) return { kind: 'standard-input' };
	if (prefixed !== null) return resolveOne(prefixed.sourceName, prefixed.name);
	if (canOnlyBePath(reference) || isThere(reference)) {
		return { kind: 'one', ...sourceOfPath(reference) };
	}
	// Only engines know images by their IDs.
	if (imageId.test(reference)) {
		return { kind: 'search', sourceNames: searched.filter((name) => name !== 'registry'), name: reference };
	}
	requireReference(reference);
	return { kind: 'search', sourceNames: searched, name: reference };
}

/** Whether a reference names a container, and not an image. */
export function namesContainer(reference: string, fixed: SourceName | undefined): boolean {
	if (fixed === undefined || containerEngines.includes(fixed))
		return splitPrefix(reference)?.sourceName === 'container';
	return fixed === 'container';
}

/** Whether a reference names an archive, or standard input. */
export function namesFile(reference: string, fixed: SourceName | undefined): boolean {
	try {
		const resolution = resolveSource(reference, fixed);
		return (
			resolution.kind === 'standard-input' ||
			(resolution.kind === 'one' && resolution.sourceName === 'archive')
		);
	} catch {
		// Why it cannot be opened is said where it is opened.
		return false;
	}
}

/** Whether a name that is a path here may have been meant as that of an image. */
export function couldBeImageName(name: string): boolean {
	return !canOnlyBePath(name) && referenceError(name) === null;
}

interface Prefixed {
	readonly sourceName: SourceName;
	readonly name: string;
}

/**
 * `docker:nginx` is nginx in Docker. `registry:5000/app` is a registry on a host of that name: what comes after the colon is a port. A
 * folder may well be called by a year, so that this goes for names of images alone.
 */
function splitPrefix(reference: string): Prefixed | null {
	const colon = reference.indexOf(':');
	const sourceName = sourceNames.find((name) => name === reference.slice(0, colon));
	if (colon < 0 || sourceName === undefined) return null;
	const name = reference.slice(colon + 1);
	const hasPort = /^\d{1,5}\//.test(name) && (searched.includes(sourceName) || sourceName === 'container');
	return hasPort ? null : { sourceName, name };
}

function resolveFixed(reference: string, fixed: SourceName, prefixed: Prefixed | null): Resolution {
	if (reference !== STANDARD_INPUT) {
		if (prefixed?.sourceName === 'container' && containerEngines.includes(fixed))
			return resolveContainer(containerIn(fixed, prefixed.name));
		return resolveOne(fixed, prefixed?.sourceName === fixed ? prefixed.name : reference);
	}
	if (fixed === 'archive') return { kind: 'standard-input' };
	throw new FathomError({
		code: 'usage',
		message: `--source ${fixed}: standard input is always read as an archive.`,
		hint: `Leave --source out, or name an image: fathom ${fixed}:NAME.`,
	});
}

function resolveOne(sourceName: SourceName, name: string): Resolution {
	if (sourceName === 'container') return resolveContainer(name.replace(/^\/+/, ''));
	if (name === '') {
		const isPath = sourceName === 'archive' || sourceName === 'oci';
		throw new FathomError({
			code: 'usage',
			message: `${sourceName}: is not followed by the name of an image.`,
			hint: isPath ? `${sourceName}:PATH` : `${sourceName}:NAME, such as ${sourceName}:nginx:1.27.`,
		});
	}
	if (name.startsWith('//') && (searched.includes(sourceName) || !isThere(name))) {
		const bare = name.replace(/^\/+/, '');
		throw new FathomError({
			code: 'usage',
			message: `${sourceName}:${shorten(name)}: the name of an image does not begin with a slash.`,
			hint: `registry:${shorten(bare)} for the registry, docker:${shorten(bare)} for Docker.`,
		});
	}
	if (sourceName === 'oci' || sourceName === 'archive') {
		const path = splitImageName(name);
		return { kind: 'one', ...path, ...requireKind(sourceName, path.name) };
	}
	return { kind: 'one', sourceName, name };
}

/** With `--source podman`, `container:web` is one in Podman. Throws `usage` for `container:docker:web`. */
function containerIn(engine: SourceName, name: string): string {
	const named = containerEngines.find((each) => name.startsWith(`${each}:`));
	if (named === undefined) return name === '' ? name : `${engine}:${name}`;
	if (named === engine) return name;
	throw new FathomError({
		code: 'usage',
		message: `--source ${engine}: container:${shorten(name)} is in ${named}, not in ${engine}.`,
		hint: 'Leave --source out.',
	});
}

/** Docker writes a slash in front of the name, and other transports two. */
function resolveContainer(name: string): Resolution {
	if (name !== '') return { kind: 'one', sourceName: 'container', name };
	throw new FathomError({
		code: 'usage',
		message: 'container: is not followed by the name of a container.',
		hint: 'container:NAME. List the containers with: docker ps --all',
	});
}

/** Rejects a folder as an archive and a file as a layout, with a better message than either source has. Throws the system's errors. */
function requireKind(sourceName: 'archive' | 'oci', name: string): NamedImage {
	const actual = sourceOfPath(name);
	if (actual.sourceName === sourceName) return actual;
	const isFolder = actual.sourceName === 'oci';
	throw new FathomError({
		code: 'not-an-image',
		message: `${name} is ${isFolder ? 'a folder, not an archive' : 'not a folder, so it is not an OCI layout'}.`,
		hint: `${isFolder ? 'oci' : 'archive'}:${name}`,
	});
}

/** Whether nothing but a path looks like this: `./app`, `/tmp/app`, `C:/app`, `app\image`, `images/`, `app.tar.gz`. */
function canOnlyBePath(name: string): boolean {
	return (
		/^(?:[./~]|[A-Za-z]:\/)/.test(name) ||
		name.includes('\\') ||
		name.endsWith('/') ||
		/\.(?:tar(?:\.\w{1,4})?|tgz|tzst|txz|tbz2?)$/i.test(name)
	);
}

function requireReference(name: string): void {
	const error = referenceError(name);
	if (error === null) return;
	throw new FathomError({
		code: 'not-found',
		message: `${shorten(name)}: there is no such file or folder, and no image can have this name.`,
		hint: /^https?:\/\//.test(name)
			? `Write the name of the image without ${name.split('/', 1)[0]}//, as in registry:HOST/NAME.`
			: (error.hint ?? 'Check the path.'),
		cause: error,
	});
}

function referenceError(name: string): FathomError | null {
	try {
		if (!imageId.test(name)) parseReference(name);
		return null;
	} catch (error) {
		if (error instanceof FathomError) return error;
		throw error;
	}
}
