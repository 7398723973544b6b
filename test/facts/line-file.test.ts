import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { FactError, type FactReader } from '../../source/facts/fact-reader.ts';
import { readLines } from '../../source/facts/line-file.ts';
import { factOf } from '../support/facts/facts.ts';

const lineReader: FactReader<readonly string[]> = {
	name: 'lines',
	open(file) {
		const lines: string[] = [];
		return readLines<readonly string[]>(file, {
			mostBytes: 3_000_000,
			line: (bytes, start, end) => {
				const line = bytes.toString('latin1', start, end);
				if (line === 'bad') throw new FactError('a bad line');
				lines.push(line);
			},
			isDone: () => lines.at(-1) === 'done',
			end: () => lines,
		});
	},
};

const read = (content: string, more: { pieceBytes?: number; saidBytes?: number } = {}) =>
	factOf(lineReader, { path: 'x', content, ...more });

test('lines are the same however the bytes come', () => {
	const text = fc
		.array(fc.constantFrom('a', 'bc', '', '\r', 'x\ry', 'end\r'))
		.map((lines) => lines.join('\n'));
	fc.assert(
		fc.property(text, fc.integer({ min: 1, max: 9 }), (content, pieceBytes) => {
			const expected = content.split('\n').map((line) => line.replace(/\r$/, ''));
			// A last line without an end is one, and nothing after the last end is none.
			if (content === '' || content.endsWith('\n')) expected.pop();
			assert.deepEqual(read(content, { pieceBytes }), expected);
		}),
	);
});

test('an error says in which line it is, and what follows is not read', () => {
	assert.throws(() => read('a\nb\nbad\nc\nbad\n', { pieceBytes: 2 }), new FactError('line 3: a bad line'));
	assert.throws(() => read('a\nbad'), new FactError('line 2: a bad line'));
});

test('nothing is read once the rest is of no use', () => {
	assert.deepEqual(read('a\ndone\nbad\n'), ['a', 'done']);
});

test('neither the size of a file nor the length of a line is believed', () => {
	const said = { saidBytes: 3_000_001 };
	assert.throws(() => read('a\n', said), new FactError('it has 3000001 bytes, and at most 3000000 are read'));
	assert.throws(() => read('a\n'.repeat(2_000_000), { saidBytes: 4 }), /more than the 3000000 bytes/);
	assert.throws(() => read('a'.repeat(1_100_000)), /line 1: more than 1048576 bytes/);
	assert.throws(() => read(`a\n${'a'.repeat(1_100_000)}\n`, { pieceBytes: 2_000_000 }), /line 2: more than/);
});
