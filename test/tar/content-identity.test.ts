import { createHash } from 'node:crypto';
import { suite, type TestContext, test } from 'node:test';
import {
	createIdentityDigest,
	type IdentityKey,
	identityOf,
	newIdentityKey,
	PLAIN_SHA256,
} from '../../source/tar/content-identity.ts';

const key = newIdentityKey();
const sizes = [0, 1, 15, 16, 4095, 4096, 4097, 100_000];

suite('the identity of a content', () => {
	for (const bytes of sizes) {
		test(`of ${bytes} bytes has 16 bytes, and is the same in one piece and in many`, (t: TestContext) => {
			const content = contentOf(bytes);
			t.assert.strictEqual(identityOf(content, key).length, 16);
			t.assert.deepStrictEqual(hex(inPieces(content, key)), hex(identityOf(content, key)));
		});

		test(`of ${bytes} bytes without a key is the first half of its SHA-256`, (t: TestContext) => {
			const content = contentOf(bytes);
			const sha256 = createHash('sha256').update(content).digest().subarray(0, 16);
			t.assert.deepStrictEqual(hex(identityOf(content, PLAIN_SHA256)), hex(sha256));
			t.assert.deepStrictEqual(hex(inPieces(content, PLAIN_SHA256)), hex(sha256));
		});
	}

	test('is another one for each change of a bit', (t: TestContext) => {
		for (const bytes of sizes.slice(1)) {
			const content = contentOf(bytes);
			const identities = new Set([hex(identityOf(content, key))]);
			for (const place of [0, bytes >> 1, bytes - 1]) {
				const changed = content.slice();
				changed[place] ^= 1;
				identities.add(hex(identityOf(changed, key)));
			}
			t.assert.strictEqual(identities.size, new Set([0, bytes >> 1, bytes - 1]).size + 1);
		}
	});

	test('depends on the key where the content is large', (t: TestContext) => {
		const content = contentOf(4096);
		t.assert.notDeepStrictEqual(hex(identityOf(content, key)), hex(identityOf(content, newIdentityKey())));
		t.assert.deepStrictEqual(hex(identityOf(content, key)), hex(identityOf(content, key.slice())));
	});

	test('stays what it was when the next one is worked out', (t: TestContext) => {
		const first = identityOf(contentOf(10), key);
		const before = hex(first);
		identityOf(contentOf(11), key);
		t.assert.deepStrictEqual(hex(first), before);
	});
});

function contentOf(bytes: number): Uint8Array {
	return Uint8Array.from({ length: bytes }, (_, index) => (index * 31 + (index >> 8)) & 255);
}

function inPieces(content: Uint8Array, withKey: IdentityKey | typeof PLAIN_SHA256): Uint8Array {
	const digest = createIdentityDigest(content.length, withKey);
	for (let start = 0; start < content.length; start += 1000)
		digest.update(content.subarray(start, start + 1000));
	return digest.digest();
}

function hex(identity: Uint8Array): string {
	return Buffer.from(identity).toString('hex');
}
