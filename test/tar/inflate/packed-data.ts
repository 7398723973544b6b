import { constants, crc32, deflateRawSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';

/** Data of several kinds, up to some hundred kilobytes, so that matches reach over the end of the window. */
export const plainData: fc.Arbitrary<Buffer> = fc.oneof(
	fc.uint8Array({ maxLength: 2000 }).map((bytes) => Buffer.from(bytes)),
	fc.record({ seed: fc.nat(), bytes: fc.nat(700_000), symbols: fc.integer({ min: 1, max: 256 }) }).map(noise),
	fc.record({ seed: fc.nat(), words: fc.nat(90_000), most: fc.integer({ min: 1, max: 4000 }) }).map(text),
	fc.array(fc.record({ byte: fc.nat(255), times: fc.nat(90_000) }), { maxLength: 6 }).map(runs),
	fc.record({ period: fc.integer({ min: 1, max: 40 }), bytes: fc.nat(400_000), seed: fc.nat() }).map(period),
);

/** One member of gzip data, of any level and strategy of zlib: stored, fixed and dynamic blocks. */
export const packing: fc.Arbitrary<(data: Uint8Array) => Buffer> = fc
	.record({
		level: fc.integer({ min: 0, max: 9 }),
		memLevel: fc.integer({ min: 1, max: 9 }),
		strategy: fc.constantFrom(
			constants.Z_DEFAULT_STRATEGY,
			constants.Z_FILTERED,
			constants.Z_HUFFMAN_ONLY,
			constants.Z_RLE,
			constants.Z_FIXED,
		),
		windowBits: fc.integer({ min: 9, max: 15 }),
		raw: fc.boolean(),
	})
	.map(({ raw, ...options }) => (data) => {
		return raw ? wrap(deflateRawSync(data, options), data) : gzipSync(data, options);
	});

/** Makes a member of DEFLATE data that is known to unpack to `data`. */
export function wrap(packed: Uint8Array, data: Uint8Array): Buffer {
	const trailer = Buffer.alloc(8);
	trailer.writeUInt32LE(crc32(data));
	trailer.writeUInt32LE(data.length, 4);
	return Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]), packed, trailer]);
}

/** Numbers below 2^32, the same for the same seed. */
export function numbersOf(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x9e3779b9) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
		mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
		return (mixed ^ (mixed >>> 15)) >>> 0;
	};
}

function noise({ seed, bytes, symbols }: { seed: number; bytes: number; symbols: number }): Buffer {
	const next = numbersOf(seed);
	return Buffer.from(Uint8Array.from({ length: bytes }, () => next() % symbols));
}

function text({ seed, words, most }: { seed: number; words: number; most: number }): Buffer {
	const next = numbersOf(seed);
	return Buffer.from(Array.from({ length: words }, () => (next() % most).toString(36)).join(' '));
}

function runs(parts: readonly { byte: number; times: number }[]): Buffer {
	return Buffer.concat(parts.map(({ byte, times }) => Buffer.alloc(times, byte)));
}

function period({ period: length, bytes, seed }: { period: number; bytes: number; seed: number }): Buffer {
	return Buffer.alloc(bytes, noise({ seed, bytes: length, symbols: 256 }));
}
