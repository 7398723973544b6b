import { describe, type TestContext, test } from 'node:test';
import { hasLayers, isLayer, startInTerminal, type TerminalSession } from '../support/terminal.ts';

const size = { columns: 80, rows: 24 };
const sample = ['sample/image.tar'];
const question = '\u001B]11;?\u001B\\';
/** All is known that the tabs count, so that nothing else changes. */
const hasCounts = (screen: readonly string[]) =>
	hasLayers(screen) && / 3 Copies \d+ .* 5 Deleted \d+!? /.test(screen[0]);

/** A terminal that answers the question as soon as it comes. What is typed comes before and behind the answer. */
function answering(t: TestContext, answer: readonly string[]): TerminalSession {
	return startInTerminal(t, { size, arguments: sample, answers: { question, answer } });
}

describe('the colours of the explorer', () => {
	test('follow the background that the terminal says it has', async (t) => {
		const terminal = answering(t, ['\u001B]11;rgb:ffff/ffff/ffff\u001B\\']);
		await terminal.until(hasCounts);
		await terminal.until(() => terminal.output().includes('\u001B[38;5;24m'));
	});

	test('follow an answer that comes in pieces, none of which is a key', async (t) => {
		const terminal = answering(t, ['j', '\u001B]11', ';rgb:0000/00', '00/0000', '\u0007', 'j']);
		await terminal.until((screen) => hasCounts(screen) && isLayer(3)(screen));
		await terminal.until(() => terminal.output().includes('\u001B[38;5;80m'));
		t.assert.doesNotMatch(terminal.screen().join('\n'), /rgb|does nothing here/);
	});

	test('are those of the terminal where it does not answer, and nothing waits for it', async (t) => {
		const terminal = startInTerminal(t, { size, arguments: sample });
		await terminal.until(hasCounts);
		terminal.press('j');
		await terminal.until(isLayer(2));
		t.assert.equal(terminal.output().includes(question), true);
		t.assert.doesNotMatch(terminal.output(), /\[38;5;/);
		// The first frame is there before the question.
		t.assert.match(terminal.output().slice(0, terminal.output().indexOf(question)), /Reading/);
	});

	test('stay where the answer comes late, which is no key, and what is typed meanwhile counts', async (t) => {
		const terminal = startInTerminal(t, { size, arguments: sample });
		await terminal.until(hasCounts);
		const asked = Date.now();
		// The user goes on meanwhile.
		for (let layer = 2; Date.now() < asked + 2000; layer = 3 - layer) {
			terminal.press(layer === 2 ? 'j' : 'k');
			await terminal.until(isLayer(layer));
		}
		const before = terminal.screen();
		terminal.press('\u001B]11;rgb:ffff/ffff/ffff\u001B\\G');
		await terminal.until(isLayer(11));
		t.assert.doesNotMatch(terminal.output(), /\[38;5;/);
		terminal.press(before.some((line) => line.includes('What layer 2 did')) ? 'gj' : 'g');
		await terminal.until((screen) => screen.join('\n') === before.join('\n'));
	});

	test('stay where the answer is none, and what is typed behind it counts', async (t) => {
		const terminal = answering(t, [`\u001B]11;${'q'.repeat(3000)}\u0007`]);
		await terminal.until(hasCounts);
		terminal.press('jj');
		await terminal.until(isLayer(3));
		t.assert.doesNotMatch(terminal.output(), /\[38;5;/);
	});

	test('are as the user says, without asking', async (t) => {
		const terminal = startInTerminal(t, { size, arguments: [...sample, '--theme', 'light'] });
		await terminal.until(hasCounts);
		t.assert.equal(terminal.output().includes(question), false);
		t.assert.match(terminal.output(), /\[38;5;24m/);
	});

	test('are no more than the terminal has', async (t) => {
		const environment = { TERM: 'xterm', FATHOM_THEME: 'dark' };
		const terminal = startInTerminal(t, { size, arguments: sample, environment });
		await terminal.until(hasCounts);
		t.assert.equal(terminal.output().includes(question), false);
		t.assert.doesNotMatch(terminal.output(), /\[38;5;/);
		t.assert.match(terminal.output(), /\[36m/);
	});
});
