import { StringColumnBuilder, trimmed, withRoom } from '../columns/grow.ts';
import { AttributesBuilder } from './attributes/attributes-builder.ts';
import {
	BLOCK_DEVICE,
	CHARACTER_DEVICE,
	type Changeset,
	DIGEST_BYTES,
	FILE,
	HARD_LINK,
	IDENTITY_BYTES,
	type LayerFacts,
	OPAQUE_WHITEOUT,
	SYMLINK,
	type TarWarning,
	WHITEOUT,
} from './changeset.ts';
import { type EntryBudget, Spending } from './entry-budget.ts';
import { hardLinkTarget, linkNameOf, pathRoom, writePath } from './entry-path.ts';
import { BLOCK_BYTES } from './header.ts';
import { boundedId } from './headers/bounded-id.ts';
import type { EntryRows } from './headers/plain-headers.ts';
import type { TarEntry } from './headers/tar-entry.ts';
import { SparseFilesBuilder } from './sparse/sparse-files.ts';
import type { SparseMap } from './sparse/sparse-map.ts';
import { exampleOf, TarWarnings } from './tar-warnings.ts';
import { entryKindCodes } from './type-flags.ts';

/** What overlay file systems take for a whiteout (Linux, Documentation/filesystems/overlayfs.rst). */
const WHITEOUT_DEVICE = '0:0';

/** The size of the tar and its digest, known at its end. */
export interface ChangesetEnd {
	readonly unpackedBytes: number;
	readonly diffId: string | null;
	/** Null by default. */
	readonly facts?: LayerFacts | null;
}

export interface BuilderOptions {
	readonly withIdentities: boolean;
	/** Whether there is a column for the SHA-256 of files. */
	readonly withDigests?: boolean;
	/** The approximate size of the tar, from which the room for entries is estimated. */
	readonly expectedBytes: number;
	/** What the entries are counted against; null for no limit. */
	readonly budget: EntryBudget | null;
	/** Whether it is a file system and no layer: names such as `.wh.x` are then those of files. */
	readonly isFileSystem?: boolean;
}

// Generous, but for tars of a few blocks: room that is never written to takes no memory, and a column that grows takes it twice for a moment.
const BYTES_AN_ENTRY = 32 * 1024;
const LEAST_ROOM = 256;
const MOST_ROOM = 256 * 1024;
const PATH_BYTES = 80;

/** Collects the entries of one layer into columns. */
export class ChangesetBuilder {
	#count = 0;
	#headerCount = 0;
	readonly #paths: StringColumnBuilder;
	readonly #targets: StringColumnBuilder;
	#kinds: Uint8Array;
	#sizes: Float64Array;
	#modes: Uint16Array;
	#uids: Uint32Array;
	#gids: Uint32Array;
	#mtimes: Float64Array;
	#positions: Float64Array;
	#identities: Uint8Array | null;
	#digests: Uint8Array | null;
	readonly #attributes = new AttributesBuilder();
	#sparse: SparseFilesBuilder | null = null;
	/** The last sparse file with too many holes for a SHA-256. */
	#unhashed = -1;
	readonly #spending: Spending;
	readonly #hasMarkers: boolean;
	readonly #warnings = new TarWarnings();

	constructor(options: BuilderOptions) {
		const { withIdentities, withDigests = false, expectedBytes, budget, isFileSystem = false } = options;
		this.#hasMarkers = !isFileSystem;
		this.#spending = new Spending(budget);
		const blocks = 1 + Math.ceil(expectedBytes / BLOCK_BYTES);
		const room = Math.min(LEAST_ROOM + Math.ceil(expectedBytes / BYTES_AN_ENTRY), blocks, MOST_ROOM);
		this.#paths = new StringColumnBuilder({ strings: room, bytes: room * PATH_BYTES });
		this.#targets = new StringColumnBuilder({ strings: room, bytes: 1024 });
		this.#kinds = new Uint8Array(room);
		this.#sizes = new Float64Array(room);
		this.#modes = new Uint16Array(room);
		this.#uids = new Uint32Array(room);
		this.#gids = new Uint32Array(room);
		this.#mtimes = new Float64Array(room);
		this.#positions = new Float64Array(room);
		this.#identities = withIdentities ? new Uint8Array(room * IDENTITY_BYTES) : null;
		this.#digests = withDigests ? new Uint8Array(room * DIGEST_BYTES) : null;
	}

	/**
	 * Adds an entry whose content starts at `position`. Returns its index, or -1 when there is nothing to list. Throws `TarError` when the image
	 * has too many.
	 */
	add(entry: TarEntry, position: number): number {
		this.#headerCount += 1;
		const { bytes, start } = this.#paths.open(pathRoom(entry));
		const { meaning, end } = writePath(entry, { bytes, start, hasMarkers: this.#hasMarkers });
		if (meaning === 'nothing') return -1;
		if (meaning === 'escapes-root') return this.#skip('path-escapes-root', entry);
		if (meaning === 'invalid') return this.#skip('invalid-name', entry);
		if (meaning === 'whiteout') return this.#push(entry, { kind: WHITEOUT, end, position });
		if (meaning === 'opaque-whiteout') return this.#push(entry, { kind: OPAQUE_WHITEOUT, end, position });
		const kind = entryKindCodes[entry.typeFlag];
		if (kind === -1) return this.#skip('unknown-entry-type', entry);
		if (kind === FILE && entry.sparse !== null && !this.#addSparse(entry, entry.sparse))
			return this.#skip('sparse-file-skipped', entry);
		return this.#push(entry, { kind, end, position });
	}

	/** Adds entries that are files, directories and links with plain paths. Throws `TarError` when the image has too many. */
	addRows(rows: EntryRows): void {
		const start = this.#count;
		const { count } = rows;
		if (start + count > this.#kinds.length) this.#grow(start + count);
		this.#headerCount += count;
		this.#count += count;
		this.#paths.append(rows.paths, count);
		this.#targets.append(rows.targets, count);
		this.#kinds.set(rows.kinds.subarray(0, count), start);
		this.#sizes.set(rows.sizes.subarray(0, count), start);
		this.#modes.set(rows.modes.subarray(0, count), start);
		this.#uids.set(rows.uids.subarray(0, count), start);
		this.#gids.set(rows.gids.subarray(0, count), start);
		this.#mtimes.set(rows.mtimes.subarray(0, count), start);
		this.#positions.set(rows.positions.subarray(0, count), start);
		this.#spending.count(this.#count, this.#pathBytes);
	}

	/** Whether a SHA-256 may be computed of the file at `index`, the last one added. */
	isHashed(index: number): boolean {
		return this.#unhashed !== index;
	}

	/** The path, a view, and the mode of the entry at `index`; null where that is no regular file. */
	fileAt(index: number): { readonly path: Uint8Array; readonly mode: number } | null {
		if (this.#kinds[index] !== FILE) return null;
		return { path: this.#paths.at(index), mode: this.#modes[index] };
	}

	setIdentity(index: number, identity: Uint8Array): void {
		this.#identities?.set(identity, index * IDENTITY_BYTES);
	}

	setDigest(index: number, digest: Uint8Array): void {
		this.#digests?.set(digest, index * DIGEST_BYTES);
	}

	note(code: TarWarning['code'], example: string | null): void {
		this.#warnings.note(code, example);
	}

	/** Throws `TarError` when the image has too many entries. */
	finish({ unpackedBytes, diffId, facts = null }: ChangesetEnd): Changeset {
		const count = this.#count;
		this.#spending.finish(count, this.#pathBytes);
		return {
			count,
			paths: this.#paths.finish(),
			kinds: trimmed(this.#kinds, count),
			sizes: trimmed(this.#sizes, count),
			modes: trimmed(this.#modes, count),
			uids: trimmed(this.#uids, count),
			gids: trimmed(this.#gids, count),
			mtimes: trimmed(this.#mtimes, count),
			targets: this.#targets.finish(),
			positions: trimmed(this.#positions, count),
			sparse: this.#sparse?.finish() ?? null,
			identities: this.#identities === null ? null : trimmed(this.#identities, count * IDENTITY_BYTES),
			attributes: this.#attributes.finish(),
			digests: this.#digests === null ? null : trimmed(this.#digests, count * DIGEST_BYTES),
			facts,
			unpackedBytes,
			diffId,
			headerCount: this.#headerCount,
			warnings: this.#warnings.list(),
		};
	}

	#skip(code: TarWarning['code'], entry: TarEntry): -1 {
		this.note(code, exampleOf(entry));
		return -1;
	}

	/** False when the layer has no room for the file. */
	#addSparse(entry: TarEntry, map: SparseMap): boolean {
		this.#sparse ??= new SparseFilesBuilder();
		if (!this.#sparse.hasRoomFor(map)) return false;
		if (!this.#sparse.add(this.#count, map)) {
			this.#unhashed = this.#count;
			this.note('sparse-file-not-hashed', exampleOf(entry));
		}
		return true;
	}

	#push(entry: TarEntry, { kind, end, position }: { kind: number; end: number; position: number }): number {
		const index = this.#count;
		if (index === this.#kinds.length) this.#grow(index + 1);
		this.#count += 1;
		this.#paths.close(end);
		this.#kinds[index] = kind;
		this.#sizes[index] = kind === FILE ? (entry.sparse?.fileBytes ?? entry.contentBytes) : 0;
		this.#modes[index] = entry.mode;
		this.#uids[index] = boundedId(entry.uid);
		this.#gids[index] = boundedId(entry.gid);
		this.#mtimes[index] = Number.isFinite(entry.mtime) ? entry.mtime : 0;
		this.#positions[index] = position;
		if (entry.attributes !== null) this.#attributes.add(index, entry.attributes);
		this.#pushTarget(entry, kind);
		this.#spending.count(this.#count, this.#pathBytes);
		return index;
	}

	get #pathBytes(): number {
		return this.#paths.usedBytes + this.#targets.usedBytes + this.#attributes.usedBytes;
	}

	#pushTarget(entry: TarEntry, kind: number): void {
		if (kind === HARD_LINK) this.#targets.push(hardLinkTarget(entry));
		else if (kind === SYMLINK) this.#targets.push(linkNameOf(entry));
		else if (kind === CHARACTER_DEVICE || kind === BLOCK_DEVICE) {
			const device = `${entry.deviceMajor || 0}:${entry.deviceMinor || 0}`;
			this.#targets.push(Buffer.from(device));
			if (kind === CHARACTER_DEVICE && device === WHITEOUT_DEVICE)
				this.note('overlay-whiteout', exampleOf(entry));
		} else this.#targets.pushEmpty();
	}

	#grow(needed: number): void {
		this.#kinds = withRoom(this.#kinds, needed);
		const length = this.#kinds.length;
		this.#sizes = withRoom(this.#sizes, length);
		this.#modes = withRoom(this.#modes, length);
		this.#uids = withRoom(this.#uids, length);
		this.#gids = withRoom(this.#gids, length);
		this.#mtimes = withRoom(this.#mtimes, length);
		this.#positions = withRoom(this.#positions, length);
		if (this.#identities) this.#identities = withRoom(this.#identities, length * IDENTITY_BYTES);
		if (this.#digests) this.#digests = withRoom(this.#digests, length * DIGEST_BYTES);
	}
}
