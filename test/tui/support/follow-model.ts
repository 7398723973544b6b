import type { KeyName } from '../../../source/tui/model/key-binding.ts';
import type { Scenario } from './scenario.ts';
import type { TerminalSession } from './terminal.ts';

/** What a terminal sends for the keys that type no character. */
const keySequences: Readonly<Record<KeyName, string>> = {
	down: '\u001B[B',
	'page-down': '\u001B[6~',
	tab: '\t',
	enter: '\r',
};

/** Presses keys in a terminal one after the other, waits after each for what the model shows, and gives the model as it is then. */
export async function followModel(
	terminal: TerminalSession,
	scenario: Scenario,
	keys: readonly KeyName[],
): Promise<Scenario> {
	let current = scenario;
	for (const key of keys) {
		terminal.press(keySequences[key] ?? key);
		current = current.press(key);
		// What a view shows may come a moment after the image.
		await terminal.until(shows(current.screen()));
	}
	return current;
}

/** Whether a screen shows just these lines. */
export function shows(expected: readonly string[]): (screen: readonly string[]) => boolean {
	return (screen) => screen.map((row) => row.trimEnd()).join('\n') === expected.join('\n');
}
