import { StringColumnBuilder } from '../../columns/grow.ts';
import { joinedAttributes } from '../../tar/attributes/attributes-builder.ts';
import {
	BLOCK_DEVICE,
	CHARACTER_DEVICE,
	type Changeset,
	DIGEST_BYTES,
	entryKinds,
	FILE,
	HARD_LINK,
	SYMLINK,
	WHITEOUT,
} from '../../tar/changeset.ts';
import type { SavedChange, SavedSuperseded } from './report-schema.ts';
import { RowColumns, type RowData, type RowEntry } from './row-columns.ts';

/** What a row says of the content of its hard link: which entry has it, or null for nothing; undefined in older reports. */
export type SavedLink = SavedChange['linked'];

/** The rows of one layer as a changeset. */
export interface LayerRows {
	readonly changeset: Changeset;
	/** 1 for an entry whose content is what its path had before the layer. */
	readonly keepsContent: Uint8Array;
	/** How many of the first entries are superseded, in the order of the report. */
	readonly supersededCount: number;
	/** Where the rows of `changes` end that are not hard links: they come after the superseded entries, in path order. */
	readonly changesEnd: number;
	/** Of the hard links, which are the last entries. */
	readonly links: readonly SavedLink[];
}

const SUPERSEDED = 0;
const CHANGES = 1;
const DIRECTORIES = 2;
const HARD_LINKS = 3;

/** What a superseded entry was does not matter, once its bytes are counted and what is below its path is gone. */
const superseded: Omit<RowEntry, 'path' | 'sizeBytes' | 'sha256'> = {
	kind: FILE,
	mode: 0o644,
	uid: 0,
	gid: 0,
	mtime: 0,
	target: '',
	attributesDigest: null,
	keepsContent: false,
};

/**
 * Collects the rows of one layer. Entries that another one superseded apply first. Of the others each path has one, so that their order does
 * not matter, but for hard links: they come after all that they may share.
 */
export class LayerRowsBuilder {
	/** In the order in which they apply; null for none: a hostile report may have many layers without rows. */
	readonly #parts: (RowColumns | null)[] = [null, null, null, null];
	readonly #links: SavedLink[] = [];
	#count = 0;
	#pathBytes = 0;

	get count(): number {
		return this.#count;
	}

	/** The length of all paths and link targets together. */
	get pathBytes(): number {
		return this.#pathBytes;
	}

	/** Adds a row of `changes`. */
	addChange(row: SavedChange): void {
		const entry = entryOf(row);
		if (entry.kind !== HARD_LINK) {
			this.#add(CHANGES, entry);
			return;
		}
		this.#add(HARD_LINKS, entry);
		this.#links.push(row.linked);
	}

	/** Adds a row of `unchangedDirectories`. */
	addDirectory(row: SavedChange): void {
		this.#add(DIRECTORIES, entryOf(row));
	}

	addSuperseded({ path, type, sizeBytes, sha256 }: SavedSuperseded): void {
		const bytes = type === 'file' ? sizeBytes : 0;
		this.#add(SUPERSEDED, { ...superseded, path, sizeBytes: bytes, sha256: sha256 ?? null });
	}

	/** The collector must not be used afterwards. */
	finish(unpackedBytes: number): LayerRows {
		const supersededCount = this.#parts[SUPERSEDED]?.count ?? 0;
		const changesEnd = supersededCount + (this.#parts[CHANGES]?.count ?? 0);
		const parts = this.#parts.filter((part) => part !== null);
		if (parts.length === 0) parts.push(new RowColumns());
		const { keepsContent, ...columns } = parts.map((part) => part.finish()).reduce(joined);
		return {
			changeset: {
				...columns,
				positions: new Float64Array(columns.count),
				sparse: null,
				identities: null,
				facts: null,
				unpackedBytes,
				diffId: null,
				headerCount: columns.count,
				warnings: [],
			},
			keepsContent,
			supersededCount,
			changesEnd,
			links: this.#links,
		};
	}

	#add(part: number, entry: RowEntry): void {
		const columns = this.#parts[part] ?? new RowColumns();
		this.#parts[part] = columns;
		const { pathBytes } = columns;
		columns.add(entry);
		this.#count += 1;
		this.#pathBytes += columns.pathBytes - pathBytes;
	}
}

/**
 * What is removed is a whiteout. So is a directory that no layer has an entry for and that was something else before the layer: all that is
 * in it is of the layer, and implies it again.
 */
function entryOf(row: SavedChange): RowEntry {
	const { path, uid, gid, type } = row;
	const isImplied = type === 'directory' && row.mtime === undefined;
	const kind = row.kind === 'removed' || isImplied ? WHITEOUT : entryKinds.indexOf(type);
	return {
		path,
		kind,
		sizeBytes: kind === FILE ? row.sizeBytes : 0,
		mode: Number.parseInt(row.mode, 8),
		uid,
		gid,
		mtime: row.mtime ?? 0,
		target: targetOf(row, kind),
		attributesDigest: row.attributesDigest ?? null,
		sha256: kind === FILE ? (row.sha256 ?? null) : null,
		keepsContent: row.kind === 'metadata' || row.kind === 'identical',
	};
}

function targetOf({ linkTarget, device }: SavedChange, kind: number): string {
	if (kind === SYMLINK || kind === HARD_LINK) return linkTarget ?? '';
	return kind === CHARACTER_DEVICE || kind === BLOCK_DEVICE ? (device ?? '') : '';
}

/** One after the other. */
function joined(head: RowData, tail: RowData): RowData {
	const count = head.count + tail.count;
	return {
		count,
		paths: joinedStrings(head, tail, 'paths'),
		kinds: both(new Uint8Array(count), head.kinds, tail.kinds),
		sizes: both(new Float64Array(count), head.sizes, tail.sizes),
		modes: both(new Uint16Array(count), head.modes, tail.modes),
		uids: both(new Uint32Array(count), head.uids, tail.uids),
		gids: both(new Uint32Array(count), head.gids, tail.gids),
		mtimes: both(new Float64Array(count), head.mtimes, tail.mtimes),
		targets: joinedStrings(head, tail, 'targets'),
		attributes: joinedAttributes(head.attributes, tail.attributes, head.count),
		digests: joinedDigests(head, tail),
		keepsContent: both(new Uint8Array(count), head.keepsContent, tail.keepsContent),
	};
}

type Column = Uint8Array | Uint16Array | Uint32Array | Float64Array;

function both<T extends Column>(whole: T, head: T, tail: T): T {
	whole.set(head);
	whole.set(tail, head.length);
	return whole;
}

function joinedStrings(head: RowData, tail: RowData, name: 'paths' | 'targets') {
	const bytes = head[name].bytes.length + tail[name].bytes.length;
	const builder = new StringColumnBuilder({ strings: head.count + tail.count, bytes });
	builder.append(head[name], head.count);
	builder.append(tail[name], tail.count);
	return builder.finish();
}

function joinedDigests(head: RowData, tail: RowData): Uint8Array | null {
	if (head.digests === null && tail.digests === null) return null;
	const whole = new Uint8Array((head.count + tail.count) * DIGEST_BYTES);
	if (head.digests !== null) whole.set(head.digests);
	if (tail.digests !== null) whole.set(tail.digests, head.count * DIGEST_BYTES);
	return whole;
}
