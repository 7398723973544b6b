import { StringColumnBuilder, trimmed, withRoom } from '../../columns/grow.ts';
import {
	ATTRIBUTES_DIGEST_BYTES,
	type AttributesColumn,
	DIGEST_BYTES,
	type StringColumn,
} from '../../tar/changeset.ts';
import { encodeName } from '../../text/decode-name.ts';

/** One entry of a layer, as a row of a report has it. */
export interface RowEntry {
	/** As in the report: `\xHH` is a byte that is not UTF-8. */
	readonly path: string;
	/** A code of `changeset.ts`. */
	readonly kind: number;
	readonly sizeBytes: number;
	readonly mode: number;
	readonly uid: number;
	readonly gid: number;
	readonly mtime: number;
	/** As the path; empty for what has no target. */
	readonly target: string;
	/** Hexadecimal, as are the next; null where there is none. */
	readonly attributesDigest: string | null;
	readonly sha256: string | null;
	/** Whether the content is what the path had before the layer. */
	readonly keepsContent: boolean;
}

/** The columns of a changeset that rows fill, with one more. */
export interface RowData {
	readonly count: number;
	readonly paths: StringColumn;
	readonly kinds: Uint8Array;
	readonly sizes: Float64Array;
	readonly modes: Uint16Array;
	readonly uids: Uint32Array;
	readonly gids: Uint32Array;
	readonly mtimes: Float64Array;
	readonly targets: StringColumn;
	readonly attributes: AttributesColumn | null;
	readonly digests: Uint8Array | null;
	/** 1 for an entry whose content is what the path had before the layer. */
	readonly keepsContent: Uint8Array;
}

const FIRST_ROOM = 16;
const PATH_BYTES = 40;

/** Collects rows into columns. */
export class RowColumns {
	#count = 0;
	readonly #paths = new StringColumnBuilder({ strings: FIRST_ROOM, bytes: FIRST_ROOM * PATH_BYTES });
	readonly #targets = new StringColumnBuilder({ strings: FIRST_ROOM, bytes: 0 });
	#kinds = new Uint8Array(FIRST_ROOM);
	#keepsContent = new Uint8Array(FIRST_ROOM);
	#sizes = new Float64Array(FIRST_ROOM);
	#modes = new Uint16Array(FIRST_ROOM);
	#uids = new Uint32Array(FIRST_ROOM);
	#gids = new Uint32Array(FIRST_ROOM);
	#mtimes = new Float64Array(FIRST_ROOM);
	readonly #attributeEntries: number[] = [];
	readonly #attributeDigests: Uint8Array[] = [];
	#digests: Uint8Array | null = null;

	get count(): number {
		return this.#count;
	}

	/** The length of all paths and targets together. */
	get pathBytes(): number {
		return this.#paths.usedBytes + this.#targets.usedBytes;
	}

	add(row: RowEntry): void {
		const index = this.#count;
		this.#count += 1;
		if (index === this.#kinds.length) this.#grow();
		this.#paths.push(encodeName(row.path));
		if (row.target === '') this.#targets.pushEmpty();
		else this.#targets.push(encodeName(row.target));
		this.#kinds[index] = row.kind;
		this.#keepsContent[index] = Number(row.keepsContent);
		this.#sizes[index] = row.sizeBytes;
		this.#modes[index] = row.mode;
		this.#uids[index] = row.uid;
		this.#gids[index] = row.gid;
		this.#mtimes[index] = row.mtime;
		if (row.attributesDigest !== null) {
			this.#attributeEntries.push(index);
			this.#attributeDigests.push(Buffer.from(row.attributesDigest, 'hex'));
		}
		if (row.sha256 !== null) this.#setDigest(index, row.sha256);
	}

	/** The columns; the collector must not be used afterwards. */
	finish(): RowData {
		const count = this.#count;
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
			attributes: this.#attributes(),
			digests: this.#digests && trimmed(withRoom(this.#digests, count * DIGEST_BYTES), count * DIGEST_BYTES),
			keepsContent: trimmed(this.#keepsContent, count),
		};
	}

	#attributes(): AttributesColumn | null {
		if (this.#attributeEntries.length === 0) return null;
		const digests = new Uint8Array(this.#attributeDigests.length * ATTRIBUTES_DIGEST_BYTES);
		for (const [index, digest] of this.#attributeDigests.entries())
			digests.set(digest, index * ATTRIBUTES_DIGEST_BYTES);
		return { entries: Uint32Array.from(this.#attributeEntries), digests };
	}

	#setDigest(index: number, hex: string): void {
		this.#digests = withRoom(this.#digests ?? new Uint8Array(0), (index + 1) * DIGEST_BYTES);
		this.#digests.set(Buffer.from(hex, 'hex'), index * DIGEST_BYTES);
	}

	#grow(): void {
		this.#kinds = withRoom(this.#kinds, this.#count);
		const { length } = this.#kinds;
		this.#keepsContent = withRoom(this.#keepsContent, length);
		this.#sizes = withRoom(this.#sizes, length);
		this.#modes = withRoom(this.#modes, length);
		this.#uids = withRoom(this.#uids, length);
		this.#gids = withRoom(this.#gids, length);
		this.#mtimes = withRoom(this.#mtimes, length);
	}
}
