import type { BlockStart } from '../inflate/deflate-decoder.ts';

/** A place at which a layer that is packed as gzip can be cut, so that what is before and what is behind it are read side by side. */
export interface SplitPoint {
	/** The bit of the packed data, counted from its start, with which a DEFLATE block begins: the lowest bit of a byte is the first. */
	readonly packedBit: number;
	/** How many bytes of the tar after that, at least one, the headers of an entry begin. The part behind the split point begins there. */
	readonly skippedBytes: number;
}

/** Part of a layer that is packed as gzip, from a split point or the start to a split point or the end. */
export interface LayerPart {
	readonly from: SplitPoint | null;
	readonly until: SplitPoint | null;
}

/** How many bits of a byte belong to the block at the split point, where that does not begin with a whole byte; else 0. */
export function sharedBits({ packedBit }: SplitPoint): number {
	return (8 - (packedBit % 8)) % 8;
}

/** The first byte of the packed data with nothing in it of what is before the block at the split point; without a split point the first of all. */
export function firstByte(splitPoint: SplitPoint | null): number {
	return splitPoint === null ? 0 : Math.ceil(splitPoint.packedBit / 8);
}

/** How many packed bytes of a layer of `layerBytes` a part is about. */
export function partBytes({ from, until }: LayerPart, layerBytes: number): number {
	return (until === null ? layerBytes : firstByte(until)) - firstByte(from);
}

/** The start of the block at a split point, where `byte` is the one before the first byte. */
export function blockStartOf(splitPoint: SplitPoint, byte: number): BlockStart {
	const bitCount = sharedBits(splitPoint);
	return { bits: byte >> (8 - bitCount), bitCount };
}
