import { describe, test } from 'node:test';
import { fitLine } from '../../../../source/tui/model/cells.ts';
import { span } from '../../../../source/tui/model/line.ts';
import { paintLine } from '../../../../source/tui/view/lines/paint-line.ts';
import { ownColourTheme, plainTheme } from '../../../../source/tui/view/themes/own-colours.ts';

describe('a painted line', () => {
	const line = fitLine([span('A ', 'added'), span('name')], 8);

	test('has the colours of the theme, and none without', (t) => {
		t.assert.equal(paintLine(line, ownColourTheme), '\u001B[32mA \u001B[39mname');
		t.assert.equal(paintLine(line, plainTheme), 'A name');
	});

	test('keeps the colours of its letters where the cursor is', (t) => {
		t.assert.equal(
			paintLine(fitLine(line.spans, 8, 'focused'), ownColourTheme),
			'\u001B[7m\u001B[1m\u001B[32mA \u001B[27m\u001B[22m\u001B[39m\u001B[7m\u001B[1mname\u001B[27m\u001B[22m\u001B[7m\u001B[1m  \u001B[27m\u001B[22m',
		);
		t.assert.equal(
			paintLine(fitLine(line.spans, 8, 'unfocused'), plainTheme),
			'\u001B[1mA \u001B[22m\u001B[1mname\u001B[22m\u001B[1m  \u001B[22m',
		);
	});

	test('is nowhere dim where the cursor is', (t) => {
		t.assert.equal(
			paintLine(fitLine([span('x', 'faint')], 1, 'focused'), ownColourTheme),
			'\u001B[7m\u001B[1mx\u001B[27m\u001B[22m',
		);
		t.assert.equal(paintLine(fitLine([span('x', 'faint')], 1), ownColourTheme), '\u001B[2mx\u001B[22m');
	});
});
