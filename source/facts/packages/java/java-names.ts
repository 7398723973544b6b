/** Maven coordinates: `name` is `group:artifact`, or the artifact alone where nothing tells the group. */
export interface Coordinates {
	readonly name: string;
	readonly version: string;
}

export type Attributes = ReadonlyMap<string, string>;

/** `name-1.2.3`, `name-v2`, `name-1.0-SNAPSHOT`: a version begins with a digit. */
const WITH_VERSION = /^(?<artifact>.{1,200}?)-v?(?<version>\d[\w.+-]{0,100})$/;

/** What a `pom.properties` says; null where it is not complete, as one of a build that left placeholders. */
export function coordinatesOfPom(pom: Attributes): Coordinates | null {
	const [group, artifact, version] = ['groupid', 'artifactid', 'version'].map((key) => pom.get(key));
	if (!group || !artifact || !version || /\$\{/.test(group + artifact + version)) return null;
	return { name: `${group}:${artifact}`, version };
}

/**
 * Which description is of the archive itself, by the name of its file: `artifact`, `artifact-VERSION` or `group.artifact-VERSION`. Others came
 * with classes that were taken in. Where the name has no version, so that it may be anything, it is the only one there, unless the manifest
 * has another version.
 */
export function ownPom(
	fileName: string,
	manifest: Attributes,
	poms: readonly Coordinates[],
): Coordinates | null {
	const base = baseName(fileName);
	const named = poms
		.map((pom) => ({ pom, length: namedLength(base, pom) }))
		.reduce<{ readonly pom: Coordinates | null; readonly length: number }>(
			(best, next) => (next.length > best.length ? next : best),
			{ pom: null, length: 0 },
		).pom;
	if (named !== null || poms.length !== 1 || partsOfFileName(fileName).version !== null) return named;
	return haveSameNumbers(manifestVersion(manifest) ?? poms[0].version, poms[0].version) ? poms[0] : null;
}

/** How much of a file's name is the artifact's, so that `core-api` goes before `core`. */
function namedLength(base: string, { name }: Coordinates): number {
	const artifact = name.slice(name.lastIndexOf(':') + 1);
	const spellings = [artifact, name.replace(':', '.')];
	const isNamed = spellings.some((spelling) => base === spelling || base.startsWith(`${spelling}-`));
	return isNamed ? artifact.length : 0;
}

/**
 * What an archive without a `pom.properties` of its own is: by the name of its file if that has a version, else by its manifest. Null where
 * nothing tells a version.
 */
export function coordinatesOfArchive(fileName: string, manifest: Attributes): Coordinates | null {
	const named = partsOfFileName(fileName);
	const first = (...keys: readonly string[]) => firstOf(manifest, keys);
	const version = named.version ?? manifestVersion(manifest);
	if (!version || version.includes('${')) return null;
	const symbolicName = first('bundle-symbolicname')?.split(';', 1)[0].trim();
	const artifact =
		named.version === null
			? ([first('short-name'), symbolicName, first('implementation-title')].find(isIdentifier) ??
				named.artifact)
			: named.artifact;
	const group = first('group-id', 'implementation-vendor-id');
	const isQualified = group === undefined || artifact.startsWith(`${group}.`) || artifact.includes(':');
	return { name: isQualified ? artifact : `${group}:${artifact}`, version };
}

/** A title may be a sentence. */
function isIdentifier(text: string | undefined): text is string {
	return text !== undefined && /^[\w.-]+$/.test(text);
}

function manifestVersion(manifest: Attributes): string | undefined {
	return firstOf(manifest, [
		'implementation-version',
		'plugin-version',
		'bundle-version',
		'specification-version',
	]);
}

function firstOf(attributes: Attributes, keys: readonly string[]): string | undefined {
	return keys.map((key) => attributes.get(key)).find((value) => value !== undefined);
}

/** OSGi writes 1.2.0 for 1.2, and 2.0.0.SNAPSHOT for 2.0-SNAPSHOT. */
function haveSameNumbers(left: string, right: string): boolean {
	const [ours, theirs] = [left, right].map((version) => /^\d*(?:\.\d+)*/.exec(version)?.[0] ?? '');
	return ours.startsWith(theirs) || theirs.startsWith(ours);
}

/** The name of a file without its folder and extension, parted where its version begins. */
function partsOfFileName(fileName: string): {
	readonly artifact: string;
	readonly version: string | null;
} {
	const base = baseName(fileName);
	const { artifact = base, version = null } = WITH_VERSION.exec(base)?.groups ?? {};
	return { artifact, version };
}

function baseName(fileName: string): string {
	return fileName.slice(fileName.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
}
