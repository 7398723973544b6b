import { describe, type TestContext, test } from 'node:test';
import { followModel, shows } from '../../support/follow-model.ts';
import { openSampleWithDetails } from '../../support/known-details.ts';
import { explore } from '../../support/scenario.ts';
import { stylesAsText } from '../../support/styles-as-text.ts';
import { startInTerminal } from '../../support/terminal.ts';

const sample = await openSampleWithDetails();
const size = { columns: 80, rows: 24 };

/** What is set, and what the terminal answers when it is asked for its background. */
interface Look {
	readonly environment: Readonly<Record<string, string>>;
	readonly background?: string;
}

const looks: Readonly<Record<string, Look>> = {
	dark: { environment: { FATHOM_THEME: 'dark' } },
	light: { environment: { FATHOM_THEME: 'light' } },
	'high-contrast-dark': {
		environment: { FATHOM_THEME: 'high-contrast' },
		background: '0000/0000/0000',
	},
	'high-contrast-light': {
		environment: { FATHOM_THEME: 'high-contrast' },
		background: 'ffff/ffff/ffff',
	},
	'16-colours': { environment: { FATHOM_THEME: '16' } },
	'no-colour': { environment: { NO_COLOR: '1' } },
};

/** The views of an image, each with the keys that lead to it from the one before. */
const views: Readonly<Record<string, readonly string[]>> = {
	layers: ['j', 'j', 'down', 'j', 'j', 'j', 'enter', 'j', 'j', 'j'],
	findings: ['2', 'j'],
	copies: ['3'],
	packages: ['4', 'j'],
	deleted: ['5', 'j'],
	image: ['6', 'j'],
	help: ['?'],
};

describe('each view of the sample image', () => {
	for (const [name, look] of Object.entries(looks))
		test(`in the colours called ${name}`, (t) => checkViews(t, name, look));
});

async function checkViews(t: TestContext, name: string, { environment, background }: Look): Promise<void> {
	const terminal = startInTerminal(t, { size, arguments: ['sample/image.tar'], environment });
	let scenario = explore(sample, size);
	await terminal.until(shows(scenario.screen()));
	if (background !== undefined) {
		terminal.press(`\u001B]11;rgb:${background}\u001B\\`);
		await terminal.until(() => terminal.output().includes('[38;5;'));
	}
	for (const [view, keys] of Object.entries(views)) {
		scenario = await followModel(terminal, scenario, keys);
		const frame = stylesAsText(terminal.styledScreen());
		t.assert.fileSnapshot(frame, `snapshots/tui/themes/${name}-${view}.txt`, { serializers: [String] });
	}
}
