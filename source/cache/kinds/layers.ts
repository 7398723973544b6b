import {
	ATTRIBUTES_DIGEST_BYTES,
	type AttributesColumn,
	type Changeset,
	IDENTITY_BYTES,
	type StringColumn,
	type TarWarning,
} from '../../tar/changeset.ts';
import type { SparseFiles } from '../../tar/sparse/sparse-files.ts';
import type { CacheKind } from './kind.ts';
import { isSound } from './sound-changeset.ts';

/** The changesets of layers, with their paths, in columns that can be given back. */
export const layers: CacheKind<Changeset> = { name: 'layer', encode, decode, check: isSound };

/** What stands beside the columns, as JSON. */
interface LayerFacts {
	readonly count: number;
	readonly headerCount: number;
	readonly unpackedBytes: number;
	readonly diffId: string | null;
	readonly hasIdentities: boolean;
	readonly warnings: readonly TarWarning[];
}

/** What a changeset says of itself, then its columns. */
function encode(changeset: Changeset): readonly Uint8Array[] {
	const { count, headerCount, unpackedBytes, diffId, identities, warnings } = changeset;
	const hasIdentities = identities !== null;
	const facts: LayerFacts = { count, headerCount, unpackedBytes, diffId, hasIdentities, warnings };
	const sparse = changeset.sparse ?? noSparse;
	const columns = [
		changeset.sizes,
		changeset.mtimes,
		changeset.positions,
		changeset.paths.ends,
		changeset.uids,
		changeset.gids,
		changeset.targets.ends,
		changeset.modes,
		changeset.kinds,
		identities ?? new Uint8Array(0),
		changeset.paths.bytes,
		changeset.targets.bytes,
		changeset.attributes?.entries ?? new Uint32Array(0),
		changeset.attributes?.digests ?? new Uint8Array(0),
		sparse.entries,
		sparse.ends,
		sparse.starts,
		sparse.lengths,
	];
	const bytes = columns.map(
		({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
	);
	return [Buffer.from(JSON.stringify(facts)), ...bytes];
}

const noSparse: SparseFiles = {
	entries: new Uint32Array(0),
	ends: new Uint32Array(0),
	starts: new Float64Array(0),
	lengths: new Float64Array(0),
};

const PART_COUNT = 19;

function decode(parts: readonly Uint8Array[]): Changeset | null {
	if (parts.length !== PART_COUNT) return null;
	const [first, sizes, mtimes, positions, pathEnds, uids, gids, targetEnds, modes, kinds, identities] = parts;
	const facts = factsOf(first);
	if (facts === null) return null;
	const { count, headerCount, unpackedBytes, diffId, hasIdentities, warnings } = facts;
	const sparse = sparseOf(parts.slice(15));
	if (sparse === null) return null;
	const widths = [
		[8, sizes, mtimes, positions],
		[4, pathEnds, uids, gids, targetEnds],
		[2, modes],
		[1, kinds],
		[hasIdentities ? IDENTITY_BYTES : 0, identities],
	] as const;
	if (!widths.every(([width, ...columns]) => columns.every(({ length }) => length === width * count)))
		return null;
	if (parts[13].length * (ATTRIBUTES_DIGEST_BYTES / 4) !== parts[14].length) return null;
	return {
		count,
		paths: strings(parts[11], pathEnds),
		kinds,
		sizes: new Float64Array(sizes.buffer),
		modes: new Uint16Array(modes.buffer),
		uids: new Uint32Array(uids.buffer),
		gids: new Uint32Array(gids.buffer),
		mtimes: new Float64Array(mtimes.buffer),
		targets: strings(parts[12], targetEnds),
		positions: new Float64Array(positions.buffer),
		sparse: sparse.entries.length > 0 ? sparse : null,
		identities: hasIdentities ? identities : null,
		attributes: attributes(parts[13], parts[14]),
		digests: null,
		facts: null,
		unpackedBytes,
		diffId,
		headerCount,
		warnings,
	};
}

/** Null when a column has half a number at its end. */
function sparseOf([entries, ends, starts, lengths]: readonly Uint8Array[]): SparseFiles | null {
	if (entries.length % 4 !== 0 || ends.length % 4 !== 0) return null;
	if (starts.length % 8 !== 0 || lengths.length % 8 !== 0) return null;
	return {
		entries: new Uint32Array(entries.buffer),
		ends: new Uint32Array(ends.buffer),
		starts: new Float64Array(starts.buffer),
		lengths: new Float64Array(lengths.buffer),
	};
}

function strings(bytes: Uint8Array, ends: Uint8Array): StringColumn {
	return { bytes, ends: new Uint32Array(ends.buffer) };
}

function attributes(entries: Uint8Array, digests: Uint8Array): AttributesColumn | null {
	return entries.length === 0 ? null : { entries: new Uint32Array(entries.buffer), digests };
}

function factsOf(first: Uint8Array): LayerFacts | null {
	try {
		const facts: unknown = JSON.parse(Buffer.from(first).toString('utf8'));
		return isRecord(facts) && areLayerFacts(facts) ? facts : null;
	} catch {
		return null;
	}
}

type Unchecked = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Unchecked {
	return typeof value === 'object' && value !== null;
}

function areLayerFacts(facts: Unchecked): facts is Unchecked & LayerFacts {
	const { count, headerCount, unpackedBytes, diffId, hasIdentities, warnings } = facts;
	return (
		[count, headerCount, unpackedBytes].every(isCount) &&
		(diffId === null || (typeof diffId === 'string' && /^sha256:[0-9a-f]{64}$/.test(diffId))) &&
		typeof hasIdentities === 'boolean' &&
		Array.isArray(warnings) &&
		warnings.every((warning: unknown) => isRecord(warning) && isTarWarning(warning))
	);
}

function isCount(value: unknown): value is number {
	return Number.isSafeInteger(value) && Number(value) >= 0;
}

const tarWarningCodes: Readonly<Record<TarWarning['code'], true>> = {
	'path-escapes-root': true,
	'invalid-name': true,
	'unknown-entry-type': true,
	'overlay-whiteout': true,
	'malformed-header': true,
	'malformed-extended-header': true,
	'lone-zero-block': true,
	'second-archive': true,
	'no-end-mark': true,
	'sparse-file-skipped': true,
	'sparse-file-not-hashed': true,
};

function isTarWarning({ code, count, example }: Unchecked): boolean {
	return (
		typeof code === 'string' &&
		Object.hasOwn(tarWarningCodes, code) &&
		isCount(count) &&
		(example === null || typeof example === 'string')
	);
}
