import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import stringWidth from 'string-width';
import type { KeyName } from '../../../source/tui/model/key-binding.ts';
import type { Size } from '../../../source/tui/model/layout.ts';
import { directory, file, whiteout } from '../../support/archives/tar-entry.ts';
import { dockerArchive, type TestImage } from '../../support/archives/write-archive.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { followModel, shows } from '../support/follow-model.ts';
import { openWithDetails } from '../support/known-details.ts';
import { explore } from '../support/scenario.ts';
import { hasLayers, isLayer, startInTerminal } from '../support/terminal.ts';

interface OddImage {
	readonly image: TestImage;
	readonly keys: readonly KeyName[];
	/** What the last frame has to say where there is room for all panes. */
	readonly said: readonly (string | RegExp)[];
}

const wide = '漢'.repeat(255);
const emoji = '👍🏽🇩🇪👩‍👩‍👧1️⃣❤️.txt';

const images: Readonly<Record<string, OddImage>> = {
	'500 layers': {
		image: {
			names: ['deep:1'],
			layers: Array.from({ length: 500 }, (_, layer) => [file('counter', String(layer))]),
			config: { history: Array.from({ length: 500 }, (_, layer) => ({ created_by: `RUN step ${layer}` })) },
		},
		keys: ['G', 'k'],
		said: ['RUN step 498', 'What layer 499 did', /500 layers/],
	},
	'names of 255 wide characters': {
		image: {
			names: ['wide:1'],
			layers: [
				[directory(wide), file(`${wide}/${wide}`, 'one')],
				[file(`${wide}/${wide}`, 'two'), whiteout(`${wide}/gone`)],
			],
			config: { history: [{ created_by: `COPY ${wide} /` }, { created_by: `RUN ${wide}` }] },
		},
		keys: ['j', 'enter', 'j'],
		said: ['What layer 2 did', /漢…/],
	},
	'no history': {
		image: {
			names: ['bare:1'],
			layers: [[file('a/b', 'one')], [file('a/b', 'two')]],
			config: { history: undefined },
		},
		keys: ['j'],
		said: [/❯2 .* no history/, 'No history for this layer'],
	},
	'names with skin tones, flags and joiners': {
		image: { names: ['emoji:1'], layers: [[file(emoji, 'one')], [file(`a${emoji}`, 'two')]] },
		keys: ['j', 'enter'],
		said: [`a${emoji}`],
	},
};

const sizes: readonly Size[] = [
	{ columns: 60, rows: 15 },
	{ columns: 120, rows: 40 },
];

describe('the explorer on an image with', () => {
	for (const [name, { image, keys, said }] of Object.entries(images))
		test(`${name} has frames that fit, and say what is so`, async (t) => {
			const path = join(await temporaryFolder(t), 'image.tar');
			await writeFile(path, dockerArchive([image]));
			const opened = { ...(await openWithDetails(image)), reference: path };
			for (const size of sizes) {
				const terminal = startInTerminal(t, { size, arguments: [path] });
				const scenario = explore(opened, size);
				await terminal.until(shows(scenario.screen()));
				await followModel(terminal, scenario, keys);
				const screen = terminal.screen();
				checkFits(t, screen, size);
				// A small terminal has one pane at a time.
				if (size.rows >= 20) checkSays(t, screen.join('\n'), said);
			}
		});
});

test('emoji that a terminal draws as several signs leave all that is right of them in its column', async (t) => {
	const path = join(await temporaryFolder(t), 'image.tar');
	const layers = [
		[file(emoji, 'one')],
		Array.from({ length: 40 }, (_, each) => file(`${each}${emoji}`, 'two')),
	];
	await writeFile(path, dockerArchive([{ names: ['emoji:1'], layers }]));
	const size = { columns: 120, rows: 20 };
	const [joined, apart] = [false, true].map((takesEmojiApart) =>
		startInTerminal(t, { size, arguments: [path], takesEmojiApart }),
	);
	for (const terminal of [joined, apart]) {
		await terminal.until(hasLayers);
		terminal.press('j');
		await terminal.until(isLayer(2));
	}
	const borders = '│┃▲▼';
	t.assert.deepEqual(apart.columnsOf(borders), joined.columnsOf(borders));
	t.assert.equal(joined.screen().filter((line) => line.includes(emoji)).length > 10, true);
});

function checkFits(t: TestContext, screen: readonly string[], { columns, rows }: Size): void {
	t.assert.equal(screen.length, rows);
	t.assert.deepEqual(
		screen.filter((line) => stringWidth(line) > columns),
		[],
	);
}

function checkSays(t: TestContext, shown: string, said: OddImage['said']): void {
	for (const text of said) {
		if (typeof text === 'string') t.assert.equal(shown.includes(text), true, `${text} in\n${shown}`);
		else t.assert.match(shown, text);
	}
}
