/** What identifies an image of an archive. */
export interface Named {
	readonly names: readonly string[];
	readonly manifestDigest: string | null;
	readonly configDigest: string | null;
}

/**
 * The images that match `--image WANTED`. Matching goes from strict to loose and stops with the first way that finds any: the name as
 * written; the same full reference (`alpine` is `docker.io/library/alpine:latest`); any registry; any tag; a digest or at least its first
 * six digits.
 */
export function matchName<T extends Named>(images: readonly T[], wanted: string): readonly T[] {
	const target = splitName(wanted);
	const named = (fits: (name: ImageName) => boolean) => (image: T) =>
		image.names.some((name) => fits(splitName(name)));
	const ways: readonly ((image: T) => boolean)[] = [
		({ names }) => names.includes(wanted),
		named((name) => sameRegistry(name, target) && samePath(name, target) && sameTag(name, target)),
		named((name) => target.registry === '' && samePath(name, target) && sameTag(name, target)),
		named(
			(name) =>
				target.tag === '' && samePath(name, target) && (target.registry === '' || sameRegistry(name, target)),
		),
		({ manifestDigest, configDigest }) =>
			[manifestDigest, configDigest].some((digest) => digestStartsWith(digest, wanted)),
	];
	for (const way of ways) {
		const found = images.filter(way);
		if (found.length > 0) return found;
	}
	return [];
}

interface ImageName {
	/** The part before the first slash when it is a host, with a dot or a port, or `localhost`; otherwise empty. */
	readonly registry: string;
	readonly path: string;
	readonly tag: string;
}

function splitName(name: string): ImageName {
	const slash = name.indexOf('/');
	const first = name.slice(0, Math.max(slash, 0));
	const registry = /[.:]/.test(first) || first === 'localhost' ? first : '';
	const tag = /:([^/:@]+)$/.exec(name)?.[1] ?? '';
	const start = registry === '' ? 0 : slash + 1;
	return { registry, path: name.slice(start, tag === '' ? name.length : -tag.length - 1), tag };
}

function samePath(one: ImageName, other: ImageName): boolean {
	return one.path.replace(/^library\//, '') === other.path.replace(/^library\//, '');
}

function sameTag(one: ImageName, other: ImageName): boolean {
	return (one.tag || 'latest') === (other.tag || 'latest');
}

function sameRegistry(one: ImageName, other: ImageName): boolean {
	return (one.registry || 'docker.io') === (other.registry || 'docker.io');
}

function digestStartsWith(digest: string | null, wanted: string): boolean {
	if (digest === null || !/^(?:sha256:|sha512:)?[0-9a-f]{6,128}$/.test(wanted)) return false;
	return digest.startsWith(wanted) || digest.slice(digest.indexOf(':') + 1).startsWith(wanted);
}
