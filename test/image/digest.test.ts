import { test } from 'node:test';
import { blobPath, digestOfBlobPath, parseDigest, shortDigest } from '../../source/image/digest.ts';

const sha256 = `sha256:${'0a'.repeat(32)}`;
const sha512 = `sha512:${'0a'.repeat(64)}`;

test('a digest is sha256 with 64 or sha512 with 128 lower-case digits', (t) => {
	t.assert.equal(parseDigest(sha256), sha256);
	t.assert.equal(parseDigest(sha512), sha512);
});

test('anything else is no digest, above all what could leave a folder', (t) => {
	const others = [
		'sha256:../../../../etc/passwd',
		`sha256:${'../'.repeat(21)}a`,
		sha256.toUpperCase(),
		sha256.slice(0, -1),
		`${sha256}0`,
		`${sha256}\n`,
		sha256.replace('sha256', 'md5'),
		'',
		null,
		undefined,
		7,
		[sha256],
	];
	t.assert.deepEqual(
		others.map(parseDigest),
		others.map(() => null),
	);
});

test('a blob has its place in a layout, and back', (t) => {
	t.assert.equal(blobPath(sha256), `blobs/sha256/${'0a'.repeat(32)}`);
	t.assert.equal(digestOfBlobPath(blobPath(sha512)), sha512);
	t.assert.equal(digestOfBlobPath('blobs/sha256/../x'), null);
	t.assert.equal(digestOfBlobPath(`x/blobs/sha256/${'0a'.repeat(32)}`), null);
});

test('a digest is cut to twelve digits for sentences', (t) => {
	t.assert.equal(shortDigest(sha256), 'sha256:0a0a0a0a0a0a');
});
