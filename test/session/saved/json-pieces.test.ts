import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { JsonPieceError, type PieceTreatment } from '../../../source/session/saved/json-piece.ts';
import { JsonPieces, MOST_VALUE_BYTES } from '../../../source/session/saved/json-pieces.ts';

/** What comes out of a document that is cut into chunks of a size: `PATH=VALUE` of each value. */
function piecesOf(
	text: string,
	chunkBytes: number,
	treat: (path: string) => PieceTreatment,
): readonly string[] {
	const values: string[] = [];
	const pieces = new JsonPieces({
		treatmentOf: (path) => treat(path.join('.')),
		onValue: (path, value) => values.push(`${path.join('.')}=${JSON.stringify(value)}`),
	});
	const bytes = Buffer.from(text);
	const chunk = Buffer.alloc(chunkBytes);
	for (let start = 0; start < bytes.length; start += chunkBytes) {
		// The same buffer again, as a file is read.
		const length = bytes.copy(chunk, 0, start, start + chunkBytes);
		pieces.write(chunk.subarray(0, length));
	}
	pieces.end();
	return values;
}

const openAll = (): PieceTreatment => 'open';
const takeBelow = (path: string): PieceTreatment => (path === '' || path === 'rows' ? 'open' : 'take');

function faultOf(text: string, treat: (path: string) => PieceTreatment = takeBelow): string {
	try {
		piecesOf(text, text.length > 100 ? 65536 : 3, treat);
	} catch (error) {
		if (error instanceof JsonPieceError) return `${error.fault} at ${error.path.join('.')}`;
		throw error;
	}
	return 'none';
}

describe('a JSON document that streams', () => {
	test('gives each value of what is opened, with its path', (t) => {
		const text = ' { "a" : [1, "]", {"b": "x\\"}"}], "rows": [ {"c": null} , [] ], "d": {} , "e":-1.5e3}\n';
		const expected = ['a=[1,"]",{"b":"x\\"}"}]', 'rows.0={"c":null}', 'rows.1=[]', 'd={}', 'e=-1500'];
		for (let chunkBytes = 1; chunkBytes < 20; chunkBytes++)
			t.assert.deepEqual(piecesOf(text, chunkBytes, takeBelow), expected);
	});

	test('may begin with a byte order mark', (t) => {
		t.assert.deepEqual(piecesOf('\ufeff {"a": 1}', 1, takeBelow), ['a=1']);
	});

	test('passes over what is not wanted, however long it is', (t) => {
		const text = `{"long": [${'"x",'.repeat(MOST_VALUE_BYTES / 2)}1], "rows": [2]}`;
		const values = piecesOf(text, 65536, (path) => (path === 'long' ? 'skip' : takeBelow(path)));
		t.assert.deepEqual(values, ['rows.0=2']);
	});

	test('gives the same as JSON.parse, wherever it is cut', () => {
		const treat = (path: string): PieceTreatment => (path.split('.').length > 4 ? 'take' : 'open');
		fc.assert(
			fc.property(
				fc.dictionary(fc.string(), fc.jsonValue()),
				fc.constantFrom(undefined, '\t'),
				fc.integer({ min: 1, max: 50 }),
				(document, indent, chunkBytes) => {
					const text = JSON.stringify(document, null, indent);
					const opened = piecesOf(text, chunkBytes, treat);
					assert.deepEqual(opened, piecesOf(text, text.length, treat));
					assert.deepEqual(opened, leavesOf(JSON.parse(text), [], treat));
				},
			),
		);
	});

	test('is an error where it is no JSON, which names the place', (t) => {
		t.assert.equal(faultOf('{"a": nothing}'), 'syntax at a');
		t.assert.equal(faultOf('{"rows": [1, {"a" 2}]}'), 'syntax at rows.1');
		t.assert.equal(faultOf('{"rows": [1,]}'), 'syntax at rows.1');
		t.assert.equal(faultOf('{"a": 1,}'), 'syntax at ');
		t.assert.equal(faultOf('{"a" 1}'), 'syntax at a');
		t.assert.equal(faultOf('{"a": 1} {}'), 'syntax at ');
		t.assert.equal(faultOf('{a: 1}'), 'syntax at ');
		t.assert.equal(faultOf('{"rows": [1 2]}'), 'syntax at rows.0');
		t.assert.equal(faultOf('{"rows": [1}}'), 'syntax at rows.0');
	});

	test('is an error where it is cut short', (t) => {
		const text = '{"a": "x", "rows": [{"b": 1}]}';
		for (let length = 1; length < text.length; length++)
			t.assert.match(faultOf(text.slice(0, length)), /^truncated at/);
		t.assert.equal(faultOf(text), 'none');
	});

	test('is an error where a value, a key or its depth has no bounds', (t) => {
		t.assert.equal(faultOf(`{"a": "${'x'.repeat(MOST_VALUE_BYTES)}"}`), 'too-long at a');
		t.assert.equal(faultOf(`{"${'x'.repeat(5000)}": 1}`), 'too-long at ');
		t.assert.equal(faultOf('['.repeat(1_000_000), openAll), `too-long at ${'0.'.repeat(16).slice(0, -1)}`);
	});
});

/** What is expected of `piecesOf`, from the parsed document. */
function leavesOf(
	value: unknown,
	path: readonly (string | number)[],
	treat: (path: string) => PieceTreatment,
): readonly string[] {
	const isOpened = value !== null && typeof value === 'object' && treat(path.join('.')) === 'open';
	if (!isOpened) return [`${path.join('.')}=${JSON.stringify(value)}`];
	const members: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
		? [...value.entries()]
		: Object.entries(value);
	return members.flatMap(([key, member]) => leavesOf(member, [...path, key], treat));
}
