import { createHash } from 'node:crypto';
import type { Both } from '../../../diff/merge/merge-structure.ts';
import {
	type ContentDigests,
	type FirstDifference,
	ROW_BYTES,
} from '../../../report/diff/patch/patch-body.ts';
import { isText } from '../../../report/diff/patch/text-content.ts';
import { TimeSlice } from '../../../sources/time-slice.ts';

/** A content, and how long it is. */
export interface Content {
	readonly bytes: number;
	readonly pieces: AsyncIterable<Uint8Array>;
}

export interface ComparedContents {
	/** null for a content that is not there, and where not all may be read. */
	readonly digests: Both<ContentDigests | null>;
	readonly firstDifference: FirstDifference | null;
	/** Whether all that are there are text. */
	readonly areText: boolean;
}

export interface ComparingOptions {
	/** How much of each is read at most, and then without digests. */
	readonly mostBytes?: number;
	readonly signal?: AbortSignal;
}

/** A multiple of `ROW_BYTES`, so that a row is in one block. */
const BLOCK_BYTES = 4096 * ROW_BYTES;

/** Reads two contents, of which either may be null, side by side to their ends, and holds no more than a block of each. Throws what they throw. */
export async function compareContents(
	contents: Both<Content | null>,
	{ mostBytes = Number.POSITIVE_INFINITY, signal }: ComparingOptions,
): Promise<ComparedContents> {
	const slice = new TimeSlice(signal);
	const isHashed = mostBytes === Number.POSITIVE_INFINITY;
	const streams = contents.map((content) => content && new ContentBlocks(content, isHashed));
	let firstDifference: FirstDifference | null = null;
	let areText = true;
	let offset = 0;
	try {
		for (; offset < mostBytes; offset += BLOCK_BYTES) {
			const [older, newer] = [await streams[0]?.next(), await streams[1]?.next()];
			if ((older ?? nothing).length + (newer ?? nothing).length === 0) break;
			if (offset === 0) areText = [older, newer].every((block) => block === undefined || isText(block));
			if (older !== undefined && newer !== undefined)
				firstDifference ??= differenceIn([older, newer], offset);
			if (firstDifference !== null && !isHashed) break;
			await slice.yield();
		}
	} finally {
		await Promise.all(streams.map((stream) => stream?.close()));
	}
	const [oldDigests, newDigests] = streams.map((stream) => (stream && isHashed ? stream.digests() : null));
	return { digests: [oldDigests, newDigests], firstDifference, areText };
}

const nothing = new Uint8Array(0);

/** A content in blocks of one size, of which the last one is shorter; then empty ones. */
class ContentBlocks {
	readonly #pieces: AsyncIterator<Uint8Array>;
	readonly #isHashed: boolean;
	readonly #sha256 = createHash('sha256');
	readonly #blob = createHash('sha1');
	readonly #block = new Uint8Array(BLOCK_BYTES);
	#rest: Uint8Array = nothing;

	constructor({ bytes, pieces }: Content, isHashed: boolean) {
		this.#isHashed = isHashed;
		this.#pieces = pieces[Symbol.asyncIterator]();
		this.#blob.update(`blob ${bytes}\0`);
	}

	/** Valid until the next one. */
	async next(): Promise<Uint8Array> {
		let filled = 0;
		while (filled < BLOCK_BYTES) {
			if (this.#rest.length === 0) {
				const piece = await this.#pieces.next();
				if (piece.done === true) break;
				this.#rest = piece.value;
			}
			const taken = this.#rest.subarray(0, BLOCK_BYTES - filled);
			this.#block.set(taken, filled);
			filled += taken.length;
			this.#rest = this.#rest.subarray(taken.length);
		}
		const block = this.#block.subarray(0, filled);
		if (this.#isHashed) {
			this.#sha256.update(block);
			this.#blob.update(block);
		}
		return block;
	}

	digests(): ContentDigests {
		return { sha256: this.#sha256.digest('hex'), blob: this.#blob.digest('hex') };
	}

	async close(): Promise<void> {
		await this.#pieces.return?.();
	}
}

function differenceIn(blocks: Both<Uint8Array>, start: number): FirstDifference | null {
	const [older, newer] = blocks;
	if (Buffer.compare(older, newer) === 0) return null;
	const common = Math.min(older.length, newer.length);
	let index = 0;
	while (index < common && older[index] === newer[index]) index += 1;
	const rowStart = index - (index % ROW_BYTES);
	return {
		offset: start + index,
		rows: [older.slice(rowStart, rowStart + ROW_BYTES), newer.slice(rowStart, rowStart + ROW_BYTES)],
	};
}
