import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseBackground } from '../../../../source/tui/view/input/background-colour.ts';
import {
	nothingHeld,
	type Report,
	releaseHeld,
	sortInput,
} from '../../../../source/tui/view/input/sort-input.ts';

/** What becomes of pieces of input, with nothing coming after the last one. */
function sorted(...pieces: readonly string[]): {
	readonly keys: string;
	readonly reports: readonly Report[];
} {
	let rest = nothingHeld;
	let keys = '';
	const reports: Report[] = [];
	for (const piece of pieces) {
		const step = sortInput(rest, piece);
		rest = step.rest;
		keys += step.keys;
		reports.push(...step.reports);
	}
	return { keys: keys + releaseHeld(rest).keys, reports };
}

const click: Report = { kind: 'mouse', code: 0, column: 9, row: 4, isRelease: false };
const reply: Report = { kind: 'reply', text: '11;rgb:1e1e/1e1e/1e1e' };
const everything = 'j\u001B[<0;10;5Mk\u001B[A\u001B]11;rgb:1e1e/1e1e/1e1e\u001B\\/x\u001B[<65;1;1M\r';

describe('input of a terminal', () => {
	test('is keys, clicks and answers', (t) => {
		const { keys, reports } = sorted(everything);
		t.assert.equal(keys, 'jk\u001B[A/x\r');
		t.assert.deepEqual(reports, [click, reply, { ...click, code: 65, column: 0, row: 0 }]);
	});

	test('may be cut anywhere', () => {
		fc.assert(
			fc.property(fc.array(fc.nat(everything.length), { maxLength: 6 }), (cuts) => {
				const places = [0, ...cuts.toSorted((a, b) => a - b), everything.length];
				const pieces = places.slice(1).map((end, index) => everything.slice(places[index], end));
				return JSON.stringify(sorted(...pieces)) === JSON.stringify(sorted(everything));
			}),
		);
	});

	test('leaves a lone Esc, Alt with a bracket, and other sequences to whoever reads keys', (t) => {
		for (const keys of ['\u001B', '\u001B[', '\u001B]', '\u001B[Z', '\u001BOA', '\u001B\u001B[A'])
			t.assert.deepEqual(sorted(keys), { keys, reports: [] });
	});

	test('in a paste that never ends is text up to a Ctrl-C by itself', (t) => {
		const { keys } = sorted('\u001B[200~ab', 'c', '\u0003', 'q');
		t.assert.equal(keys, '\u001B[200~abc\u001B[201~\u0003q');
	});

	test('in a paste is text, also what looks like a click or an answer', (t) => {
		const paste = '\u001B[200~a\u001B[<0;1;1M\u001B]11;x\u0007\u001B[201~';
		t.assert.deepEqual(sorted(`${paste}q`), { keys: `${paste}q`, reports: [] });
		t.assert.deepEqual(sorted(paste.slice(0, 4), paste.slice(4, 30), paste.slice(30)).keys, paste);
	});

	test('gives no part of an answer to keys, however long or broken it is', (t) => {
		const long = `\u001B]11;${'q'.repeat(100_000)}\u0007`;
		t.assert.equal(sorted(long).keys, '');
		t.assert.equal(sorted(long.slice(0, 50_000), long.slice(50_000)).keys, '');
		t.assert.equal(sortInput(nothingHeld, long.slice(0, -1)).rest.held.length < 100, true);
		t.assert.equal(sorted('\u001B]11;rgb:q').keys, '');
		t.assert.equal(sorted('\u001B[<0;1').keys, '');
	});

	test('lets Ctrl-C out of an answer that never ends', (t) => {
		t.assert.deepEqual(sorted('\u001B]11;rgb:', '\u0003'), { keys: '\u0003', reports: [] });
	});

	test('loses no key of hostile input but those in sequences', () => {
		fc.assert(
			fc.property(
				fc.string({ unit: fc.constantFrom('\u001B', '[', ']', '<', '1', ';', 'M', 'q', '\u0007') }),
				(text) => {
					const { keys } = sorted(text);
					const { keys: after } = sorted(`${text}\u0007\u0003x`);
					return keys.length <= text.length && after.endsWith('\u0003x');
				},
			),
		);
	});
});

describe('the answer about the background', () => {
	test('is a colour with one to four digits a part', (t) => {
		t.assert.deepEqual(
			parseBackground('11;rgb:ffff/0000/8000')?.map((part) => part.toFixed(2)),
			['1.00', '0.00', '0.50'],
		);
		t.assert.deepEqual(parseBackground('11;rgb:f/0/f'), [1, 0, 1]);
		t.assert.deepEqual(parseBackground('11;rgba:ff/ff/ff/80'), [1, 1, 1]);
	});

	test('is nothing where it is anything else', (t) => {
		for (const text of [
			'',
			'11;?',
			'10;rgb:ff/ff/ff',
			'11;rgb:ff/ff',
			'11;rgb:fffff/ff/ff',
			'11;rgb:gg/ff/ff',
			'11;red',
		])
			t.assert.equal(parseBackground(text), null);
	});
});
