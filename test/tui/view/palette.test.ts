import { test } from 'node:test';
import { isReading, startInTerminal } from '../support/terminal.ts';

test('the palette of the built program finds an action, and copies the command of the view', async (t) => {
	const terminal = startInTerminal(t, { size: { columns: 80, rows: 24 }, arguments: ['sample/image.tar'] });
	await terminal.until(
		(screen) => screen[23]?.includes('q quit') && screen[0].includes('Layers') && !isReading(screen),
	);
	terminal.press(':cpy comnd');
	await terminal.until((screen) => screen[1]?.includes('Copy command line'));
	terminal.press('\r');
	const command = Buffer.from('fathom files --layer 1 --changes sample/image.tar').toString('base64');
	await terminal.until((screen) => screen[22].includes('Copied the command line'));
	t.assert.equal(terminal.output().includes(`\u001B]52;c;${command}\u0007`), true);
});
