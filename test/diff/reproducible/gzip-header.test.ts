import { describe, test } from 'node:test';
import { compareGzipHeaders, gzipHeaderOf } from '../../../source/diff/reproducible/gzip-header.ts';

interface Fields {
	readonly mtime?: number;
	readonly extraFlags?: number;
	readonly system?: number;
	readonly extra?: string;
	readonly name?: string;
	readonly comment?: string;
}

/** A gzip header (RFC 1952, 2.3), and two bytes behind it. */
function gzip({ mtime = 0, extraFlags = 0, system = 255, extra, name, comment }: Fields): Uint8Array {
	const fixed = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, extraFlags, system]);
	fixed[3] = (extra === undefined ? 0 : 4) + (name === undefined ? 0 : 8) + (comment === undefined ? 0 : 16);
	fixed.writeUInt32LE(mtime, 4);
	const length = Buffer.from([extra?.length ?? 0, 0]);
	return Buffer.concat([
		fixed,
		...(extra === undefined ? [] : [length, Buffer.from(extra)]),
		...(name === undefined ? [] : [Buffer.from(`${name}\0`)]),
		...(comment === undefined ? [] : [Buffer.from(`${comment}\0`)]),
		Buffer.from([1, 2]),
	]);
}

function differences(older: Fields, newer: Fields) {
	const [before, after] = [gzipHeaderOf(gzip(older)), gzipHeaderOf(gzip(newer))];
	if (before === null || after === null) throw new TypeError('It is a header.');
	return compareGzipHeaders(before, after).map((each) => [each.name, each.older, each.newer]);
}

describe('what differs between two gzip headers', () => {
	test('is the time, the system or the level', (t) => {
		t.assert.deepEqual(differences({}, {}), []);
		t.assert.deepEqual(differences({ mtime: 1 }, { mtime: 2 }), [['mtime', 1, 2]]);
		t.assert.deepEqual(differences({ system: 3 }, { system: 255 }), [['operating system', 3, 255]]);
		t.assert.deepEqual(differences({ extraFlags: 2 }, { extraFlags: 4 }), [['extra flags', 2, 4]]);
	});

	test('is the file name, the comment or an extra field, and not the flag that follows from it', (t) => {
		t.assert.deepEqual(differences({}, { name: 'a.tar' }), [['file name', null, 'a.tar']]);
		t.assert.deepEqual(differences({ name: 'a' }, { name: 'b' }), [['file name', 'a', 'b']]);
		t.assert.deepEqual(differences({ comment: 'a' }, {}), [['comment', 'a', null]]);
		t.assert.deepEqual(differences({ extra: 'SG1' }, { extra: 'SG2', name: 'b' }), [
			['extra field', 'SG1', 'SG2'],
			['file name', null, 'b'],
		]);
	});

	test('ends where the compressed data begins', (t) => {
		const whole = gzip({ extra: 'SG1', name: 'a', comment: 'b' });
		t.assert.equal(gzipHeaderOf(whole)?.bytes, whole.length - 2);
	});

	test('is not looked for in what is no header, or only the start of one', (t) => {
		t.assert.equal(gzipHeaderOf(Buffer.from('no gzip header')), null);
		t.assert.equal(gzipHeaderOf(gzip({}).subarray(0, 9)), null);
		t.assert.equal(gzipHeaderOf(gzip({ name: 'a.tar' }).subarray(0, 12)), null);
		t.assert.equal(gzipHeaderOf(gzip({ extra: 'abc' }).subarray(0, 13)), null);
	});
});
