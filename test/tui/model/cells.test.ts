import { describe, test } from 'node:test';
import { fitEnds, fitLine, padEnd, padStart } from '../../../source/tui/model/cells.ts';
import { lineText, span } from '../../../source/tui/model/line.ts';

describe('cells', () => {
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
