import { describe, test } from 'node:test';
import type { Key } from 'ink';
import { fitLine } from '../../../source/tui/model/cells.ts';
import { span } from '../../../source/tui/model/line.ts';
import { paintLine } from '../../../source/tui/view/paint-line.ts';
import { readKeys } from '../../../source/tui/view/read-keys.ts';
import { colourTheme, plainTheme } from '../../../source/tui/view/theme.ts';

const noKey = {} as Key;

describe('keys as Ink reports them', () => {
	test('are one named key', (t) => {
		t.assert.deepEqual(readKeys('', { ...noKey, pageDown: true }), ['page-down']);
		t.assert.deepEqual(readKeys('', { ...noKey, tab: true, shift: true }), ['shift-tab']);
		t.assert.deepEqual(readKeys('', { ...noKey, escape: true, meta: true }), ['escape']);
		t.assert.deepEqual(readKeys('c', { ...noKey, ctrl: true }), ['ctrl-c']);
	});

	test('or all characters that came at once, Enter and Tab among them', (t) => {
		t.assert.deepEqual(readKeys('jj k', noKey), ['j', 'j', 'space', 'k']);
		t.assert.deepEqual(readKeys('/é日\r\t', noKey), ['/', 'é', '日', 'enter', 'tab']);
	});

	test('are none where nothing is bound to them', (t) => {
		t.assert.deepEqual(readKeys('x', { ...noKey, meta: true }), []);
		t.assert.deepEqual(readKeys('\u0000\u0007', noKey), []);
	});
});

describe('a painted line', () => {
	const line = fitLine([span('A ', 'added'), span('name')], 8);

	test('has the colours of the theme, and none without', (t) => {
		t.assert.equal(paintLine(line, colourTheme), '\u001B[32mA \u001B[39mname');
		t.assert.equal(paintLine(line, plainTheme), 'A name');
	});

	test('looks the same over its whole width where the cursor is, clearer where keys go', (t) => {
		t.assert.equal(
			paintLine({ ...fitLine(line.spans, 8, 'focused') }, colourTheme),
			'\u001B[7m\u001B[1mA name  \u001B[27m\u001B[22m',
		);
		t.assert.equal(
			paintLine({ ...fitLine(line.spans, 8, 'unfocused') }, plainTheme),
			'\u001B[7m\u001B[2mA name  \u001B[27m\u001B[22m',
		);
	});
});
