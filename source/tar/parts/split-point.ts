import type { BlockStart } from '../inflate/deflate-decoder.ts';

/** A point at which a gzip layer can be cut, so that the parts before and behind it can be read side by side. */
export interface SplitPoint {
	/** Position of the bit in the compressed data with which a DEFLATE block starts: the lowest bit of a byte is the first. */
	readonly packedBit: number;
	/** Bytes of the tar from the block to the headers of an entry, at least one. The part behind the split point starts there. */
	readonly skippedBytes: number;
}

/** Part of a gzip layer, from a split point or the start to a split point or the end. */
export interface LayerPart {
	readonly from: SplitPoint | null;
	readonly until: SplitPoint | null;
}

/** The number of bits in the byte before `firstByte` that belong to the block at the split point; 0 at a byte boundary. */
export function sharedBits({ packedBit }: SplitPoint): number {
	return (8 - (packedBit % 8)) % 8;
}

/** The first byte of the compressed data that belongs to the block at the split point only; without a split point the very first. */
export function firstByte(splitPoint: SplitPoint | null): number {
	return splitPoint === null ? 0 : Math.ceil(splitPoint.packedBit / 8);
}

/** Compressed bytes in a part of a layer of `layerBytes`. */
export function partBytes({ from, until }: LayerPart, layerBytes: number): number {
	return (until === null ? layerBytes : firstByte(until)) - firstByte(from);
}

/** The start of the block at a split point; `byte` is the one before `firstByte`. */
export function blockStartOf(splitPoint: SplitPoint, byte: number): BlockStart {
	const bitCount = sharedBits(splitPoint);
	return { bits: byte >> (8 - bitCount), bitCount };
}
