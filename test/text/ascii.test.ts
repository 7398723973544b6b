import { describe, test } from 'node:test';
import fc from 'fast-check';
import { asciiOf } from '../../source/text/ascii.ts';
import { escapeForTerminal } from '../../source/text/escape.ts';
import { cellWidth } from '../../source/text/width.ts';

describe('text in ASCII', () => {
	test('has a stand-in for each sign that a frame is drawn with', (t) => {
		t.assert.equal(
			asciiOf('❯A  6.57 kB ██▊ ▾ srv/ ━─│ ├─▸ └ 1–9 × … → ▲▼┃'),
			'>A  6.57 kB ### v srv/ =-| |-> ` 1-9 x ~ > ^v#',
		);
	});

	test('has a question mark for each cell of other letters', (t) => {
		t.assert.equal(asciiOf('日本 é-e\u0301'), '???? ?-?');
	});

	test('takes as many cells, and is ASCII', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }).map(escapeForTerminal), (text) => {
				const shown = asciiOf(text);
				return /^[ -~]*$/.test(shown) && shown.length === cellWidth(text);
			}),
		);
	});
});
