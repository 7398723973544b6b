import { describe, test } from 'node:test';
import stringWidth from 'string-width';
import { cellWidth, cut, fitEnds, fitLine, padEnd, padStart } from '../../../source/tui/model/cells.ts';
import { lineText, span } from '../../../source/tui/model/line.ts';

describe('cells', () => {
	test('are counted as terminals count them', (t) => {
		t.assert.equal(cellWidth('abc'), 3);
		t.assert.equal(cellWidth('├─▸ é…'), 6);
		t.assert.equal(cellWidth('日本'), 4);
		t.assert.equal(cellWidth('e\u0301'), 1);
		t.assert.equal(cellWidth('🦀'), 2);
	});

	test('of characters that the screen is made of are counted right without looking closer', (t) => {
		const drawn = ['─━│┬┤├└╴▸▾❯›×…–·█▉▊▋▌▍▎▏░←→↑↓', 'ÀéñøßĀž¡¬®'];
		for (const character of drawn.join('')) t.assert.equal(stringWidth(character), 1, character);
		t.assert.equal(cellWidth(drawn.join('')), drawn.join('').length);
	});

	test('text is cut at the end, the start or the middle, never within a wide character', (t) => {
		t.assert.equal(cut('abcdef', 4), 'abc…');
		t.assert.equal(cut('abcdef', 4, 'start'), '…def');
		t.assert.equal(cut('abcdef', 4, 'middle'), 'ab…f');
		t.assert.equal(cut('abcdef', 6), 'abcdef');
		t.assert.equal(cut('日本語', 4), '日…');
		t.assert.equal(cut('日本語', 0), '');
		t.assert.equal(cut('abc', 1), '…');
	});

	test('text is filled up on either side', (t) => {
		t.assert.equal(padEnd('日', 4), '日  ');
		t.assert.equal(padStart('日', 4), '  日');
		t.assert.equal(padStart('abcdef', 4), 'abc…');
	});
});

describe('a line', () => {
	const text = (line: Parameters<typeof lineText>[0]) => lineText(line);

	test('is cut where the pane ends', (t) => {
		t.assert.equal(text(fitLine([span('abc'), span('def', 'faint'), span('ghi')], 5)), 'abcd…');
		t.assert.equal(text(fitLine([span('abc'), span('日本')], 6)), 'abc日…');
	});

	test('is as wide as the pane when it is highlighted', (t) => {
		t.assert.equal(text(fitLine([span('日本')], 6, 'focused')), '日本  ');
	});

	test('has one text at each end, or the left one alone where both do not fit', (t) => {
		t.assert.equal(text(fitEnds([span('left')], [span('right')], 12)), 'left   right');
		t.assert.equal(text(fitEnds([span('left')], [span('right')], 9)), 'left');
	});
});
