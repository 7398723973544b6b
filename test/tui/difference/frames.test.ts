import { describe, test } from 'node:test';
import stringWidth from 'string-width';
import type { Size } from '../../../source/tui/model/layout.ts';
import { after, before, openPair } from '../support/open-pair.ts';
import { explore } from '../support/scenario.ts';

const pair = await openPair(before, after);

const sizes: Readonly<Record<string, Size>> = {
	'60x15': { columns: 60, rows: 15 },
	'80x24': { columns: 80, rows: 24 },
	'120x40': { columns: 120, rows: 40 },
	'200x60': { columns: 200, rows: 60 },
};

/** The keys that lead to each view, with the cursor on something of interest. */
const scenes: Readonly<Record<string, readonly string[]>> = {
	files: ['j', 'j', 'j'],
	layers: ['2', 'j'],
	packages: ['3'],
	findings: ['4'],
	config: ['5', 'j', 'j'],
	figures: ['6', 'j'],
};

describe('the explorer on two images', () => {
	for (const [size, { columns, rows }] of Object.entries(sizes))
		for (const [scene, keys] of Object.entries(scenes))
			test(`at ${size}: the ${scene}`, (t) => {
				const screen = explore(pair, { columns, rows })
					.press(...keys)
					.screen();
				t.assert.equal(screen.length, rows);
				t.assert.deepEqual(
					screen.filter((line) => stringWidth(line) > columns),
					[],
				);
				t.assert.fileSnapshot(`${screen.join('\n')}\n`, `snapshots/tui/difference/${size}-${scene}.txt`, {
					serializers: [String],
				});
			});

	const { '60x15': small, '80x24': usual } = sizes;
	const others: Readonly<Record<string, { readonly size: Size; readonly keys: readonly string[] }>> = {
		details: { size: small, keys: ['j', 'j', 'j', 'tab'] },
		everything: { size: usual, keys: ['c', 's'] },
		filter: { size: usual, keys: ['/', 'n', 'a', 'm', 'e'] },
		'filter-old-path': { size: usual, keys: ['/', ...'old-name', 'enter'] },
		'filter-layers': { size: usual, keys: ['2', '/', ...'copy', 'enter'] },
		'filter-config': { size: usual, keys: ['5', '/', ...'env', 'enter'] },
		'filter-figures': { size: small, keys: ['6', '/', ...'wasted', 'enter'] },
		'filter-nothing': { size: usual, keys: ['5', '/', ...'nowhere', 'enter'] },
		'layers-sorted': { size: usual, keys: ['2', 's'] },
		help: { size: usual, keys: ['?'] },
	};
	for (const [name, { size, keys }] of Object.entries(others))
		test(name, (t) => {
			const screen = explore(pair, size)
				.press(...keys)
				.screen();
			t.assert.fileSnapshot(`${screen.join('\n')}\n`, `snapshots/tui/difference/${name}.txt`, {
				serializers: [String],
			});
		});
});
