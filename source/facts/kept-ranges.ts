/** A part of a file, by bytes from its start. */
export interface FileRange {
	readonly from: number;
	readonly bytes: number;
}

interface KeptRange extends FileRange {
	/** Null as long as nothing of it is there. */
	content: Uint8Array | null;
	filled: number;
}

/** Keeps some parts of a file of which the pieces pass in order. */
export class KeptRanges {
	readonly #ranges: KeptRange[];

	/** Memory is taken for each of the ranges once its first byte is there: bound them by the size of the file, and by what may be held. */
	constructor(ranges: readonly FileRange[]) {
		this.#ranges = ranges.map(({ from, bytes }) => ({ from, bytes, content: null, filled: 0 }));
	}

	/** Keeps one more part, of which what has passed is gone: write again what of it is still there. */
	add({ from, bytes }: FileRange): void {
		this.#ranges.push({ from, bytes, content: null, filled: 0 });
	}

	/** Takes what lies at `position` in the file. What was there before is passed over. */
	write(piece: Uint8Array, position: number): void {
		for (const range of this.#ranges) {
			const next = range.from + range.filled;
			if (next < position || next >= position + piece.length) continue;
			const part = piece.subarray(next - position, next - position + range.bytes - range.filled);
			if (part.length === 0) continue;
			// What is not filled is never given, so that it need not be cleared.
			range.content ??= Buffer.allocUnsafeSlow(range.bytes);
			range.content.set(part, range.filled);
			range.filled += part.length;
		}
	}

	/** The position of the next byte that is to be kept; infinite where all are there. */
	get wantsFrom(): number {
		let first = Number.POSITIVE_INFINITY;
		for (const { from, bytes, filled } of this.#ranges)
			if (filled < bytes) first = Math.min(first, from + filled);
		return first;
	}

	/** Up to `mostBytes` kept bytes of the file from `position` on; empty if none were kept. */
	at(position: number, mostBytes: number): Uint8Array {
		for (const { from, content, filled } of this.#ranges) {
			if (content === null || position < from || position >= from + filled) continue;
			return content.subarray(position - from, Math.min(filled, position - from + mostBytes));
		}
		return new Uint8Array();
	}
}

/** What of some parts lies within a file. */
export function withinFile(ranges: readonly FileRange[], fileBytes: number): readonly FileRange[] {
	return ranges
		.filter(({ from }) => from < fileBytes)
		.map(({ from, bytes }) => ({ from, bytes: Math.min(bytes, fileBytes - from) }));
}
