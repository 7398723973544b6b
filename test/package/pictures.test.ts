import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { followModel, shows } from '../tui/support/follow-model.ts';
import { openSampleWithDetails } from '../tui/support/known-details.ts';
import { explore } from '../tui/support/scenario.ts';
import { startInTerminal, type TerminalSession } from '../tui/support/terminal.ts';
import { pictureOf } from './picture.ts';

const sample = await openSampleWithDetails();
const size = { columns: 110, rows: 30 };

describe('the pictures in docs/pictures (npm run pictures draws them) are frames of the built program:', () => {
	test('layers', async (t) => {
		const terminal = await followSample(t, ['j', 'j', 'j', 'j', 'j', 'j', 'j', 'enter', 'j', 'j']);
		check(t, terminal, {
			name: 'layers',
			title: 'The layers of an image, and what the eighth of them changed',
		});
	});

	test('findings', async (t) => {
		const terminal = await followSample(t, ['2']);
		check(t, terminal, {
			name: 'findings',
			title: 'What wastes bytes in an image, and the line to write instead',
		});
	});

	test('packages', async (t) => {
		const terminal = await followSample(t, ['4', 'j', 'j', 'j', 'j', 'j', 'j']);
		check(t, terminal, { name: 'packages', title: 'Which packages the bytes of an image belong to' });
	});

	test('deleted', async (t) => {
		const terminal = await followSample(t, ['5']);
		check(t, terminal, { name: 'deleted', title: 'Files that are deleted and still in the image' });
	});

	test('file-diff', async (t) => {
		const terminal = startInTerminal(t, {
			size: { columns: 160, rows: 20 },
			arguments: ['sample/image.tar', '--at', '/srv/orders/config/default.json', '--layer', '8'],
			environment: { FATHOM_THEME: 'dark' },
		});
		await terminal.until((screen) => screen.some((line) => line.includes('/srv/orders/config/default.json')));
		terminal.press('\r');
		await terminal.until((screen) => screen.some((line) => line.includes('"log"')));
		terminal.press('d');
		await terminal.until((screen) => screen.some((line) => line.includes('@@ -1,6 +1,7 @@')));
		check(t, terminal, { name: 'file-diff', title: 'What a layer changed in a file' });
	});
});

async function followSample(t: TestContext, keys: readonly string[]): Promise<TerminalSession> {
	const environment = { FATHOM_THEME: 'dark' };
	const terminal = startInTerminal(t, { size, arguments: ['sample/image.tar'], environment });
	const scenario = explore(sample, size);
	await terminal.until(shows(scenario.screen()));
	await followModel(terminal, scenario, keys);
	return terminal;
}

function check(
	t: TestContext,
	terminal: TerminalSession,
	{ name, title }: { readonly name: string; readonly title: string },
): void {
	const path = fileURLToPath(new URL(`../../docs/pictures/${name}.svg`, import.meta.url));
	t.assert.fileSnapshot(pictureOf(terminal.styledScreen(), title), path, { serializers: [String] });
}
