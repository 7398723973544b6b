import { test } from 'node:test';
import fc from 'fast-check';
import { createIdentityDigest, newIdentityKey, PLAIN_SHA256 } from '../../../source/tar/content-identity.ts';
import { StreamScan } from '../../../source/tar/scan-stream.ts';
import { GmacWithHoles } from '../../../source/tar/sparse/gmac-with-holes.ts';
import { rawEntry, rawTar } from '../../support/archives/raw-tar.ts';
import { file } from '../../support/archives/tar-entry.ts';
import { arbitrarySparseFile } from '../../support/sparse/arbitrary-sparse-file.ts';
import { contentOf, type SparseFile, sparseEntry, sparseForms } from '../../support/sparse/sparse-entry.ts';

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const keys = [newIdentityKey(), PLAIN_SHA256];

/** The identity and the SHA-256 of the only file of a layer that comes in chunks of this size. */
function hashesOf(tar: Uint8Array, identityKey: (typeof keys)[number], chunkBytes = 997) {
	const scan = new StreamScan({
		identityKey,
		largestVerifiedBytes: 0,
		expectedBytes: 0,
		withFileDigests: true,
	});
	for (let start = 0; start < tar.length; start += chunkBytes)
		scan.write(tar.subarray(start, start + chunkBytes));
	const { identities, digests } = scan.finish();
	return { identity: identities && hexOf(identities), digest: digests && hexOf(digests) };
}

const plainHashes = (sparse: SparseFile, key: (typeof keys)[number]) =>
	hashesOf(rawTar([rawEntry(file(sparse.name, contentOf(sparse)))]), key);

test('a sparse file of any form has the identity and the SHA-256 of a plain file with the same bytes', (t) => {
	fc.assert(
		fc.property(arbitrarySparseFile, fc.constantFrom(...sparseForms), fc.nat(3000), (sparse, form, chunk) => {
			for (const key of keys) {
				const tar = rawTar([sparseEntry(form, sparse)]);
				t.assert.deepEqual(hashesOf(tar, key, chunk + 1), plainHashes(sparse, key));
			}
		}),
		{ numRuns: 60 },
	);
});

test('a GMAC that jumps over holes is that of all bytes', (t) => {
	const part = fc.oneof(
		fc.record({ hole: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 4000, max: 200_000 })) }),
		fc.record({
			data: fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ minLength: 500, maxLength: 600 })),
		}),
	);
	fc.assert(
		fc.property(fc.array(part), (parts) => {
			const key = newIdentityKey();
			const bytes = parts.map((each) => ('hole' in each ? new Uint8Array(each.hole) : each.data));
			const plain = createIdentityDigest(4096, key);
			plain.update(Buffer.concat(bytes));
			const jumping = new GmacWithHoles(key);
			for (const each of parts) {
				if ('hole' in each) jumping.hole(each.hole);
				else jumping.data(each.data);
			}
			t.assert.equal(hexOf(jumping.digest()), hexOf(plain.digest()));
		}),
		{ numRuns: 200 },
	);
});

test('files of 16 TiB have the same identity in all forms, and another one when one byte differs', (t) => {
	const sparse = (byte: string): SparseFile => ({
		name: 'a',
		fileBytes: 2 ** 44,
		extents: [{ start: 2 ** 43, data: Buffer.from(byte) }],
	});
	for (const key of keys) {
		const identities = sparseForms.map((form) => hashesOf(rawTar([sparseEntry(form, sparse('x'))]), key));
		t.assert.equal(new Set(identities.map(({ identity }) => identity)).size, 1);
		t.assert.equal(identities[0].digest, '00'.repeat(32));
		const other = hashesOf(rawTar([sparseEntry('pax-1.0', sparse('y'))]), key);
		t.assert.notEqual(other.identity, identities[0].identity);
	}
});
