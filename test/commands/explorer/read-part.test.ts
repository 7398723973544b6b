import { describe, test } from 'node:test';
import { type PartToRead, readPart } from '../../../source/commands/explorer/files/read-part.ts';
import { placeInBytes } from '../../../source/tui/model/screens/file/rows/text-places.ts';

const token = `npm_${'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0hJ3kLx'}`;

function littleEndian(text: string): Buffer {
	return Buffer.from(`\uFEFF${text}`, 'utf16le');
}

function bigEndian(text: string): Buffer {
	return littleEndian(text).swap16();
}

/** Reads a content that comes in pieces of an odd length. */
async function read(content: Buffer, asked: Partial<PartToRead> = {}) {
	async function* pieces(): AsyncGenerator<Uint8Array> {
		for (let at = 0; at < content.length; at += 7) yield content.subarray(at, at + 7);
	}
	const signal = AbortSignal.timeout(60_000);
	const whole = { path: 'a', start: 0, length: 1000, isRevealed: false, signal };
	const part = await readPart(pieces(), { ...whole, ...asked });
	return { ...part, shown: Buffer.from(part.text).toString('utf8') };
}

describe('a part of a text in UTF-16', () => {
	const text = 'Grüße\r\n日本 👩‍👩‍👧\r\n';

	for (const [name, content] of [
		['little-endian', littleEndian(text)],
		['big-endian', bigEndian(text)],
	] as const)
		test(`is text, ${name}, without its byte order mark`, async (t) => {
			const { shown, type, bytes } = await read(content);
			t.assert.equal(shown, text);
			t.assert.deepEqual(type, { name: 'text, UTF-16', isText: true });
			t.assert.deepEqual(Buffer.from(bytes), content);
		});

	test('ends before a character that is cut', async (t) => {
		const content = littleEndian('ab😀cd');
		const first = await read(content, { length: 8 });
		t.assert.equal(first.shown, 'ab');
		const next = await read(content, { start: first.bytes.length });
		t.assert.equal(next.shown, '😀cd');
	});

	test('begins behind a character that is cut', async (t) => {
		t.assert.equal((await read(littleEndian('ab😀cd'), { start: 8 })).shown, 'cd');
	});

	test('ends with a sign for the byte that is too much', async (t) => {
		t.assert.equal((await read(Buffer.concat([littleEndian('ab'), Buffer.of(0x63)]))).shown, 'ab\uFFFD');
	});

	test('knows the lines before it, and takes no character with that byte for a line break', async (t) => {
		const { linesBefore, shown } = await read(bigEndian('\u0A41\u410A\none\ntwo\nthree'), { start: 24 });
		t.assert.equal(shown, 'three');
		t.assert.equal(linesBefore, 3);
	});

	test('has its places in the bytes', async (t) => {
		const part = await read(littleEndian('日😀x'));
		t.assert.equal(placeInBytes(part, Buffer.byteLength('日😀')), 8);
	});

	test('has values that look secret masked, in its bytes as well', async (t) => {
		const content = littleEndian(`日本\n_authToken=${token}\nmore`);
		const { shown, masked, bytes } = await read(content, { path: '.npmrc' });
		t.assert.equal(masked, 1);
		t.assert.equal(shown, `日本\n_authToken=${'*'.repeat(token.length)}\nmore`);
		t.assert.equal(Buffer.from(bytes).includes(Buffer.from(token, 'utf16le')), false);
		t.assert.equal(bytes.length, content.length);
		t.assert.match((await read(content, { isRevealed: true })).shown, /npm_/);
	});
});

describe('a content that begins like text in UTF-16', () => {
	test('is none where it has a NUL, as in UTF-32', async (t) => {
		const { type, utf16Start } = await read(Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]));
		t.assert.deepEqual([type?.isText, utf16Start], [false, null]);
	});

	test('is none where it has half a character', async (t) => {
		const { type } = await read(Buffer.from([0xff, 0xfe, 0x61, 0, 0, 0xd8, 0x62, 0]));
		t.assert.equal(type?.isText, false);
	});
});
