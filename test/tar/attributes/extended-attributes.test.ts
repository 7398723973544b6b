import { test } from 'node:test';
import { attributesAt } from '../../../source/tar/changeset.ts';
import { paxHeader, rawEntry, rawTar } from '../../support/archives/raw-tar.ts';
import { directory, file } from '../../support/archives/tar-entry.ts';
import { layerTar } from '../../support/archives/write-archive.ts';
import { scanAllWays, scanAsStream } from '../../support/scan.ts';

type Records = Readonly<Record<string, string | Uint8Array>>;

/** The digest of the attributes of a file with these pax records. */
function digestOf(records: Records): string | null {
	const changeset = scanAllWays(rawTar([paxHeader(records), rawEntry(file('a', 'x'))]));
	const digest = attributesAt(scanAsStream(rawTar([paxHeader(records), rawEntry(file('a', 'x'))]), 700), 0);
	return changeset.count === 1 && digest !== null ? Buffer.from(digest).toString('hex') : null;
}

const capability = Uint8Array.of(1, 0, 0, 2, 0, 4, 0, 0);
const base64 = Buffer.from(capability).toString('base64').replaceAll('=', '');

test('equal attributes have one digest, in whatever order they come', (t) => {
	const one = digestOf({ 'SCHILY.xattr.user.a': 'x', 'SCHILY.xattr.user.b': 'y' });
	t.assert.equal(digestOf({ 'SCHILY.xattr.user.b': 'y', 'SCHILY.xattr.user.a': 'x', mtime: '1.5' }), one);
	t.assert.match(String(one), /^[0-9a-f]{32}$/);
});

test('another name, another value, one more and an empty value make another digest', (t) => {
	const digests = [
		{ 'SCHILY.xattr.user.a': 'x' },
		{ 'SCHILY.xattr.user.b': 'x' },
		{ 'SCHILY.xattr.user.a': 'y' },
		{ 'SCHILY.xattr.user.a': '' },
		{ 'SCHILY.xattr.user.a': 'x', 'SCHILY.xattr.user.b': '' },
		{ 'SCHILY.xattr.user.ax': '' },
	].map(digestOf);
	t.assert.equal(new Set(digests).size, digests.length);
});

test('libarchive writes the same attribute in another form, and often in both', (t) => {
	const star = digestOf({ 'SCHILY.xattr.security.capability': capability });
	t.assert.equal(digestOf({ 'LIBARCHIVE.xattr.security.capability': base64 }), star);
	t.assert.equal(
		digestOf({
			'LIBARCHIVE.xattr.security.capability': base64,
			'SCHILY.xattr.security.capability': capability,
		}),
		star,
	);
});

test('libarchive encodes names as in a URL', (t) => {
	t.assert.equal(
		digestOf({ 'LIBARCHIVE.xattr.user.a%3Db%20%C3%A4': Buffer.from('x').toString('base64') }),
		digestOf({ 'LIBARCHIVE.xattr.user.a%3db ä': Buffer.from('x').toString('base64') }),
	);
});

test('what a storage driver notes for itself is no attribute of a file', (t) => {
	t.assert.equal(digestOf({ 'SCHILY.xattr.trusted.overlay.opaque': 'y' }), null);
	t.assert.equal(digestOf({ 'LIBARCHIVE.xattr.user.overlay.origin': 'eA' }), null);
	t.assert.equal(
		digestOf({ 'SCHILY.xattr.user.overlay.impure': 'y', 'SCHILY.xattr.user.a': 'x' }),
		digestOf({ 'SCHILY.xattr.user.a': 'x' }),
	);
});

test('a layer without attributes has no column for them, another one only for entries that have some', (t) => {
	t.assert.equal(scanAllWays(layerTar([file('a'), directory('b/')])).attributes, null);
	const { attributes } = scanAllWays(
		layerTar([file('a'), directory('b/', { xattrs: { 'user.a': 'x' } }), file('c')]),
	);
	t.assert.deepEqual([[...(attributes?.entries ?? [])], attributes?.digests.length], [[1], 16]);
});
