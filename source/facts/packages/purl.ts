import { type PackageFact, type PackageRecord, type PackageType, packageTypes } from './package-facts.ts';

/** The parts of a package URL, decoded; the subpath is left out, as a package is meant as a whole. */
export interface Purl {
	readonly type: string;
	/** Segments with slashes between them; null where there are none. */
	readonly namespace: string | null;
	readonly name: string;
	readonly version: string | null;
	/** Without empty ones; keys in lower case. */
	readonly qualifiers: ReadonlyMap<string, string>;
}

export type OsRelease = Pick<Extract<PackageFact, { kind: 'os-release' }>, 'id' | 'versionId'>;

/** Longer ones are not parsed. */
const MOST_CHARACTERS = 4096;

/** The canonical package URL of a package. `osRelease` names the distribution whose package manager it is; without it, the URL does not either. */
export function purlOf(record: PackageRecord, osRelease: OsRelease | null): string {
	const { type } = record;
	const { name, namespace } = nameParts(record, osRelease);
	const [, epoch, version] = (type === 'rpm' && /^(\d+):(.*)$/s.exec(record.version)) || [
		null,
		'',
		record.version,
	];
	const distro = osRelease?.versionId ? `${osRelease.id}-${osRelease.versionId}` : osRelease?.id;
	const qualifiers = isOfDistribution(type)
		? { arch: record.architecture, distro, epoch }
		: { ...(type === 'gem' && { platform: record.architecture }) };
	return formatPurl({ type, namespace, name, version, qualifiers: withoutEmpty(Object.entries(qualifiers)) });
}

/** Null where the text is not a package URL. */
export function parsePurl(text: string): Purl | null {
	if (text.length > MOST_CHARACTERS) return null;
	const [, written, path, query] =
		/^pkg:\/*([a-z][a-z0-9.-]*)\/+([^?#]*)(?:\?([^#]*))?(?:#|$)/i.exec(text) ?? [];
	if (written === undefined) return null;
	// A scope of npm is not always encoded: its `@` stands before a slash.
	const at = path.lastIndexOf('@') > path.lastIndexOf('/') ? path.lastIndexOf('@') : path.length;
	const segments = path
		.slice(0, at)
		.split('/')
		.filter((segment) => segment !== '');
	try {
		const decoded = segments.map(decodeURIComponent);
		const version = decodeURIComponent(path.slice(at + 1)) || null;
		const qualifiers = parseQualifiers(query ?? '');
		if (decoded.length === 0 || qualifiers === null) return null;
		const type = written.toLowerCase();
		return normalized({
			type,
			namespace: decoded.slice(0, -1).join('/') || null,
			name: decoded[decoded.length - 1],
			version,
			qualifiers,
		});
	} catch {
		return null;
	}
}

/** The canonical text of a package URL (Package-URL specification, "How to build a PURL"). */
export function formatPurl(purl: Purl): string {
	const { type, namespace, name, version, qualifiers } = normalized(purl);
	const segments = [...(namespace?.split('/') ?? []), name].filter((segment) => segment !== '');
	const path = [type, ...segments.map(encode)].join('/');
	const query = [...qualifiers].map(([key, value]) => `${key}=${encode(value)}`).sort();
	return `pkg:${path}${version ? `@${encode(version)}` : ''}${query.length > 0 ? `?${query.join('&')}` : ''}`;
}

/** What `PackageRecord` has of a package URL; null where it is of a type that is not known. */
export function identityOf(
	purl: Purl,
): Pick<PackageRecord, 'type' | 'name' | 'version' | 'architecture'> | null {
	const { namespace, qualifiers } = purl;
	const type = packageTypes.find((known) => known === purl.type);
	if (type === undefined) return null;
	const epoch = type === 'rpm' ? qualifiers.get('epoch') : undefined;
	const separator = separators[type];
	return {
		type,
		name: separator === undefined || namespace === null ? purl.name : `${namespace}${separator}${purl.name}`,
		version: `${epoch && epoch !== '0' ? `${epoch}:` : ''}${purl.version ?? ''}`,
		architecture: qualifiers.get(type === 'gem' ? 'platform' : 'arch') ?? null,
	};
}

/** What stands between namespace and name, where a package's name has both. */
const separators: Partial<Readonly<Record<PackageType, string>>> = { npm: '/', maven: ':', golang: '/' };

function nameParts(
	{ type, name }: PackageRecord,
	osRelease: OsRelease | null,
): Pick<Purl, 'name' | 'namespace'> {
	if (isOfDistribution(type)) return { namespace: osRelease?.id ?? null, name };
	const separator = separators[type];
	const at = separator === undefined ? -1 : name.lastIndexOf(separator);
	return at < 0 ? { namespace: null, name } : { namespace: name.slice(0, at), name: name.slice(at + 1) };
}

function isOfDistribution(type: PackageType): boolean {
	return type === 'deb' || type === 'apk' || type === 'rpm';
}

/** As the definitions of the types say what does not matter in a name. Paths of Go modules keep their case, as they are told apart by it. */
function normalized(purl: Purl): Purl {
	const namespace = purl.namespace;
	switch (purl.type) {
		case 'deb':
		case 'apk':
			return { ...purl, namespace: namespace?.toLowerCase() ?? null, name: purl.name.toLowerCase() };
		case 'rpm':
			return { ...purl, namespace: namespace?.toLowerCase() ?? null };
		case 'pypi':
			return { ...purl, name: purl.name.toLowerCase().replaceAll('_', '-') };
		default:
			return purl;
	}
}

/** Null where a key is not one. */
function parseQualifiers(query: string): ReadonlyMap<string, string> | null {
	const pairs = query
		.split('&')
		.filter((pair) => pair !== '')
		.map((pair) => {
			const at = pair.includes('=') ? pair.indexOf('=') : pair.length;
			return [pair.slice(0, at).toLowerCase(), decodeURIComponent(pair.slice(at + 1))] as const;
		});
	return pairs.every(([key]) => /^[a-z][a-z0-9._-]*$/.test(key)) ? withoutEmpty(pairs) : null;
}

function withoutEmpty(
	pairs: readonly (readonly [string, string | null | undefined])[],
): ReadonlyMap<string, string> {
	return new Map(pairs.flatMap(([key, value]) => (value ? [[key, value] as const] : [])));
}

/** Percent-encodes all but letters, digits, `.-_~` and the colon. A half of a surrogate pair has no UTF-8. */
function encode(text: string): string {
	return encodeURIComponent(text.toWellFormed())
		.replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
		.replaceAll('%3A', ':');
}
