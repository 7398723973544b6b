import { describe, test } from 'node:test';
import { fitLine } from '../../../source/tui/model/cells.ts';
import { span } from '../../../source/tui/model/line.ts';
import { paintLine } from '../../../source/tui/view/paint-line.ts';
import { colourTheme, plainTheme } from '../../../source/tui/view/theme.ts';

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
