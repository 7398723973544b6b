import fc from 'fast-check';
import type { SparseFile } from './sparse-entry.ts';

const hole = fc.oneof(fc.nat(3), fc.nat(2000), fc.integer({ min: 4000, max: 70_000 }));
const data = fc.oneof(
	fc.uint8Array({ maxLength: 3 }),
	fc.uint8Array({ minLength: 500, maxLength: 1100 }),
	// Data may be zeros as well.
	fc.nat(5000).map((bytes) => new Uint8Array(bytes)),
);

/** Sparse files whose extents and holes are at no whole blocks, and may be empty. */
export const arbitrarySparseFile: fc.Arbitrary<SparseFile> = fc
	.record({ parts: fc.array(fc.record({ hole, data }), { maxLength: 12 }), end: hole })
	.map(({ parts, end }) => {
		let position = 0;
		const extents = parts.map((part) => {
			const start = position + part.hole;
			position = start + part.data.length;
			return { start, data: part.data };
		});
		return { name: 'disk.img', fileBytes: position + end, extents };
	});
