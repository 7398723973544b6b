import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { FirstDifference } from '../../../source/diff/reproducible/first-bytes.ts';
import { contentHint, pathHint } from '../../../source/report/diff/reproducible/content-hints.ts';

function meaningOf(path: string, older: Uint8Array | string, newer: Uint8Array | string): string | null {
	const found = new FirstDifference();
	found.add(Buffer.from(older), Buffer.from(newer));
	const difference = found.finish();
	return difference && (contentHint(path, difference)?.meaning ?? null);
}

function gzipAt(mtime: number): Uint8Array {
	const packed = Buffer.from(gzipSync('a manual page'));
	packed.writeUInt32LE(mtime, 4);
	return packed;
}

describe('what a difference in a file is thought to be', () => {
	test('is the time in a gzip header', (t) => {
		t.assert.equal(
			meaningOf('usr/share/man/a.1.gz', gzipAt(1), gzipAt(2)),
			'mtime in the gzip header of the file',
		);
	});

	test('is the time in Python bytecode or in a ZIP archive', (t) => {
		const at = (offset: number, byte: number) => Buffer.alloc(100).fill(byte, offset, offset + 1);
		t.assert.equal(meaningOf('a/b.pyc', at(8, 1), at(8, 2)), 'mtime of the source in Python bytecode');
		t.assert.equal(meaningOf('a/b.jar', at(10, 1), at(10, 2)), 'time of the first file in a ZIP archive');
		t.assert.equal(meaningOf('a/b.pyc', at(50, 1), at(50, 2)), null);
	});

	test('is a build path or a date, where both texts look like one', (t) => {
		t.assert.equal(meaningOf('a', 'in /build/a1/x.c', 'in /build/b2/x.c'), 'probably an embedded build path');
		t.assert.equal(meaningOf('a', 'on 2023-11-14 x', 'on 2023-11-15 x'), 'probably an embedded date');
		t.assert.equal(meaningOf('a', 'at 22:13:20', 'at 22:14:20'), 'probably an embedded date');
		t.assert.equal(meaningOf('a', 'epoch=1700000000', 'epoch=1700000060'), 'probably an embedded date');
		t.assert.equal(meaningOf('a', 'the first', 'the second'), null);
		t.assert.equal(meaningOf('a', 'Tue 22 Nov', 'Wed 23 Nov'), null);
	});

	test('is told by paths that no two builds have alike', (t) => {
		t.assert.equal(pathHint('var/log/dpkg.log')?.meaning, 'a log, a cache or a temporary file');
		t.assert.equal(pathHint('etc/machine-id')?.meaning, 'an identity that is made at random');
		t.assert.equal(pathHint('srv/var/log/x'), null);
		t.assert.equal(pathHint('var/logs'), null);
	});
});
