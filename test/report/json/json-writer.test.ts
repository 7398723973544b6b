import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { ByteStream } from '../../../source/report/byte-stream.ts';
import { jsonText } from '../../../source/report/json/json-text.ts';
import { JsonWriter } from '../../../source/report/json/json-writer.ts';

describe('the JSON writer', () => {
	test('writes members with their keys, and items without', async (t) => {
		const text = await written(async (json) => {
			json.value('name', 'a');
			await json.object('sizes', () => json.values({ stored: 1, unpacked: 2 }));
			await json.array('layers', ['x', 'y'], (name) => json.object(null, () => json.value('name', name)));
		});
		t.assert.equal(
			text,
			[
				'{',
				'  "name": "a",',
				'  "sizes": {',
				'    "stored": 1,',
				'    "unpacked": 2',
				'  },',
				'  "layers": [',
				'    {',
				'      "name": "x"',
				'    },',
				'    {',
				'      "name": "y"',
				'    }',
				'  ]',
				'}',
				'',
			].join('\n'),
		);
	});

	test('lets a row lay out its own bytes, and puts a line and a comma between them', async (t) => {
		const text = await written((json) =>
			json.array('rows', [1, 2], (row, buffer) => buffer.appendText(`{"row":${row}}`)),
		);
		t.assert.equal(text, '{\n  "rows": [\n    {"row":1},\n    {"row":2}\n  ]\n}\n');
	});

	test('gives what JSON.stringify gives, however deep it is and whatever is empty', async () => {
		await fc.assert(
			fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), async (members) => {
				const piecewise = await written((json) => writeMembers(json, members));
				assert.equal(piecewise, `${jsonText(members, '  ')}\n`);
				assert.equal(await written((json) => json.values(members)), piecewise);
			}),
		);
	});

	test('leaves out a member that is undefined', async (t) => {
		t.assert.equal(await written((json) => json.values({ a: undefined, b: null })), '{\n  "b": null\n}\n');
	});

	test('escapes what a terminal obeys, in keys and values', async (t) => {
		t.assert.equal(await written((json) => json.value('\u009b', '\u202e')), '{\n  "\\u009b": "\\u202e"\n}\n');
	});

	test('hands over a long array in chunks of a bounded size', async (t) => {
		const sizes: number[] = [];
		const stream = new ByteStream({
			write: async ({ length }) => {
				sizes.push(length);
			},
		});
		const rows = Array.from({ length: 20_000 }, (_, row) => row);
		const json = new JsonWriter(stream);
		await json.array(null, rows, (row) => json.object(null, () => json.value('row', row)));
		await stream.end();
		t.assert.equal(sizes.length > 3, true);
		t.assert.equal(Math.max(...sizes) < 256 * 1024, true);
	});
});

/** The document of one object with the members that `write` writes. */
async function written(write: (json: JsonWriter) => void | Promise<void>): Promise<string> {
	const chunks: Buffer[] = [];
	const stream = new ByteStream({
		write: async (bytes) => {
			chunks.push(Buffer.from(bytes));
		},
	});
	const json = new JsonWriter(stream);
	await json.object(null, () => write(json));
	await stream.end();
	return Buffer.concat(chunks).toString('utf8');
}

/** Writes each object and array by itself, down to the values that are neither. */
async function writeMembers(json: JsonWriter, members: object): Promise<void> {
	for (const [key, value] of Object.entries(members)) {
		if (Array.isArray(value)) await writeArray(json, key, value);
		else if (value !== null && typeof value === 'object') {
			await json.object(key, () => writeMembers(json, value));
		} else json.value(key, value);
	}
}

function writeArray(json: JsonWriter, key: string | null, items: readonly unknown[]): Promise<void> {
	return json.array(key, items, async (item, buffer) => {
		if (Array.isArray(item)) await writeArray(json, null, item);
		else if (item !== null && typeof item === 'object') {
			await json.object(null, () => writeMembers(json, item));
		} else buffer.appendText(jsonText(item));
	});
}
