import { StringColumnBuilder } from '../../columns/grow.ts';
import { inParts, type Steps } from '../../steps.ts';
import {
	ATTRIBUTES_DIGEST_BYTES,
	type AttributesColumn,
	type Changeset,
	DIGEST_BYTES,
	FILE,
	IDENTITY_BYTES,
	type LayerFacts,
	type OPAQUE_WHITEOUT,
	type StringColumn,
	stringAt,
	type WHITEOUT,
} from '../../tar/changeset.ts';
import { mapFacts } from '../../tar/contents/layer-facts.ts';
import {
	type SparseFiles,
	SparseFilesBuilder,
	sparseMapOf,
	storedBytesOf,
} from '../../tar/sparse/sparse-files.ts';

/** Which entries of a changeset make another one. */
export interface Selection {
	/** Ascending, so that hard links stay behind what they link to. */
	readonly entries: Uint32Array;
	/** Hard links that become files, each with the entry that has its content. */
	readonly linksAsFiles: ReadonlyMap<number, number>;
	/** Markers behind the entries; they act on lower layers wherever they are. */
	readonly markers: Markers;
}

export interface Markers {
	readonly kind: typeof WHITEOUT | typeof OPAQUE_WHITEOUT;
	readonly paths: StringColumn;
}

const ROWS_A_STEP = 4096;
const BLOCK_BYTES = 512;
/** Two blocks of zeros are at the end of a tar. */
const END_BYTES = 2 * BLOCK_BYTES;

/** A changeset of some entries of another one, whose content is where it was, and of markers. */
export function* selectEntries(all: Changeset, selection: Selection): Steps<Changeset> {
	const { entries, markers } = selection;
	const count = entries.length + markers.paths.ends.length;
	const rows = newRows(all, count);
	const paths = new StringColumnBuilder({ strings: count, bytes: count * 32 });
	const targets = new StringColumnBuilder({ strings: count, bytes: 1024 });
	let unpackedBytes = END_BYTES;
	yield* inParts(entries.length, ROWS_A_STEP, (from, to) => {
		for (let row = from; row < to; row++) {
			const content = selection.linksAsFiles.get(entries[row]);
			copyRow(all, rows, { row, entry: entries[row], content });
			paths.push(stringAt(all.paths, entries[row]));
			if (content === undefined) targets.push(stringAt(all.targets, entries[row]));
			else targets.pushEmpty();
			unpackedBytes += tarBytes(storedBytesOf(all, content ?? entries[row]));
		}
	});
	yield* inParts(markers.paths.ends.length, ROWS_A_STEP, (from, to) => {
		for (let marker = from; marker < to; marker++) {
			rows.kinds[entries.length + marker] = markers.kind;
			paths.push(stringAt(markers.paths, marker));
			targets.pushEmpty();
			unpackedBytes += tarBytes(0);
		}
	});
	return {
		...rows,
		count,
		paths: paths.finish(),
		targets: targets.finish(),
		sparse: selectSparse(all, selection),
		attributes: selectAttributes(all.attributes, entries),
		facts: all.facts && selectFacts(all.facts, selection),
		unpackedBytes,
		diffId: null,
		headerCount: count,
		warnings: [],
	};
}

function selectFacts(facts: LayerFacts, { entries, linksAsFiles }: Selection): LayerFacts {
	const rows = [...entries].map((entry, row) => ({ row, content: linksAsFiles.get(entry) ?? entry }));
	return mapFacts(facts, (each) => {
		const byEntry = Map.groupBy(each, ({ entry }) => entry);
		return rows.flatMap(({ row, content }) =>
			(byEntry.get(content) ?? []).map((fact) => ({ ...fact, entry: row })),
		);
	});
}

/** What an entry takes in a tar: its header, and its content in whole blocks. */
function tarBytes(contentBytes: number): number {
	return BLOCK_BYTES + Math.ceil(contentBytes / BLOCK_BYTES) * BLOCK_BYTES;
}

type Rows = Pick<
	Changeset,
	'kinds' | 'sizes' | 'modes' | 'uids' | 'gids' | 'mtimes' | 'positions' | 'identities' | 'digests'
>;

function newRows({ identities, digests }: Changeset, count: number): Rows {
	return {
		kinds: new Uint8Array(count),
		sizes: new Float64Array(count),
		modes: new Uint16Array(count),
		uids: new Uint32Array(count),
		gids: new Uint32Array(count),
		mtimes: new Float64Array(count),
		positions: new Float64Array(count),
		identities: identities && new Uint8Array(count * IDENTITY_BYTES),
		digests: digests && new Uint8Array(count * DIGEST_BYTES),
	};
}

interface CopiedRow {
	readonly row: number;
	readonly entry: number;
	/** The entry that has the content of a hard link that becomes a file. */
	readonly content: number | undefined;
}

function copyRow(all: Changeset, rows: Rows, { row, entry, content = entry }: CopiedRow): void {
	rows.kinds[row] = content === entry ? all.kinds[entry] : FILE;
	rows.sizes[row] = all.sizes[content];
	rows.modes[row] = all.modes[entry];
	rows.uids[row] = all.uids[entry];
	rows.gids[row] = all.gids[entry];
	rows.mtimes[row] = all.mtimes[entry];
	rows.positions[row] = all.positions[content];
	copyItem(all.identities, rows.identities, { row, entry: content, bytes: IDENTITY_BYTES });
	copyItem(all.digests, rows.digests, { row, entry: content, bytes: DIGEST_BYTES });
}

function copyItem(
	from: Uint8Array | null,
	to: Uint8Array | null,
	{ row, entry, bytes }: { readonly row: number; readonly entry: number; readonly bytes: number },
): void {
	if (from !== null && to !== null) to.set(from.subarray(entry * bytes, (entry + 1) * bytes), row * bytes);
}

/** Sparse files are few, and each has to be found among the others. */
function selectSparse(all: Changeset, { entries, linksAsFiles }: Selection): SparseFiles | null {
	if (all.sparse === null) return null;
	const sparse = new SparseFilesBuilder();
	for (let row = 0; row < entries.length; row++) {
		const map = sparseMapOf(all, linksAsFiles.get(entries[row]) ?? entries[row]);
		if (map !== null) sparse.add(row, map);
	}
	return sparse.finish();
}

function selectAttributes(all: AttributesColumn | null, entries: Uint32Array): AttributesColumn | null {
	if (all === null) return null;
	const rows: number[] = [];
	const digests: Uint8Array[] = [];
	for (let row = 0, item = 0; row < entries.length && item < all.entries.length; ) {
		if (all.entries[item] < entries[row]) item++;
		else if (all.entries[item] > entries[row]) row++;
		else {
			const start = item * ATTRIBUTES_DIGEST_BYTES;
			digests.push(all.digests.subarray(start, start + ATTRIBUTES_DIGEST_BYTES));
			rows.push(row);
			row++;
			item++;
		}
	}
	return rows.length === 0
		? null
		: { entries: Uint32Array.from(rows), digests: new Uint8Array(Buffer.concat(digests)) };
}
