import { describe, test } from 'node:test';
import { extractionSummary } from '../../../source/commands/extract/extract-nodes.ts';
import { file } from '../../support/archives/tar-entry.ts';
import { openWithDetails } from '../support/known-details.ts';
import { explore, type Scenario } from '../support/scenario.ts';

/** An image that `docker import` made, with a copy and two files that have none. */
const image = await openWithDetails({
	names: ['shop:1.0'],
	layers: [
		[
			file('a/large', 'x'.repeat(9000)),
			file('b/large', 'x'.repeat(9000)),
			file('c/alone', 'y'.repeat(9000)),
			file('d/small', 'z'.repeat(839)),
		],
	],
	config: { history: [{ created_by: '', comment: 'Imported from -' }] },
});

const size = { columns: 120, rows: 40 };
const shown = (scenario: Scenario) => scenario.screen().join('\n');
const found = (name: string) => explore(image, size).press('enter', '/', ...name, 'enter', 'n');

describe('the sizes of an image', () => {
	for (const columns of [60, 80, 120])
		test(`end in one column, and their names are whole, at ${columns} columns`, (t) => {
			const screen = explore(image, { columns, rows: 60 }).press('6').screen();
			const figures = screen.flatMap(
				(line) => /^[❯ ] {2}( *[a-z][a-z ()]*?) {2,}(-?[\d,]+ B)/.exec(line) ?? [],
			);
			const ends = screen.flatMap((line) => {
				const [start] =
					/^[❯ ] {2} *(?:unpacked|headers|total|live|docker \(classic store\)) +-?[\d,]+ B/.exec(line) ?? [];
				return start === undefined ? [] : [start.length];
			});
			t.assert.equal(figures.length > 0, true);
			t.assert.equal(ends.length >= 5, true, String(ends));
			t.assert.equal(new Set(ends).size, 1, String(ends));
		});
});

describe('what made a layer', () => {
	test('is said in a history and a search as in the list of layers', (t) => {
		t.assert.match(shown(explore(image, size)), /Imported from -/);
		const history = shown(found('small').press('H'));
		t.assert.match(history, /L1 .* Imported from -$/m);
		t.assert.match(history, /^ Imported from -$/m);
		const search = explore(image, size).press('enter', '/', ...'small', 'enter', 'F');
		t.assert.match(shown(search), /^ Imported from -$/m);
	});
});

describe('all about a file', () => {
	test('says of copies what was looked for', (t) => {
		t.assert.match(shown(found('alone').press('i')), /^ copies +none of at least 4 kB$/m);
		t.assert.match(shown(found('a/large').press('i')), /^ copies +\/b\/large$/m);
		t.assert.doesNotMatch(shown(found('small').press('i')), /copies/);
	});

	test('lists its copies, and says where those are that are too many for it', async (t) => {
		const about = async (count: number) => {
			const copies = Array.from({ length: count }, (_, index) => file(`srv/${index}/data`, 'x'.repeat(9000)));
			const many = await openWithDetails({ layers: [copies] });
			const screen = explore(many, size)
				.press('enter', '/', ...'srv/0/data', 'enter', 'n')
				.press('i');
			return { begin: shown(screen), end: shown(screen.press('end')) };
		};
		t.assert.match(
			(await about(26)).begin,
			/^ copies +\/srv\/1\/data\n(?: {13}\/srv\/\d+\/data.*\n){24} layers /m,
		);
		t.assert.match((await about(1031)).end, /^ {13}30 more; 3 \(Copies\) lists all +┃\n layers /m);
	});
});

describe('a sum', () => {
	test('of one match is no sum', (t) => {
		t.assert.match(found('small').title(), / filter small · 1 here /);
		t.assert.match(found('large').title(), / filter large · sums of the 2 here /);
	});

	test('of what was extracted names only what there is', (t) => {
		const summary = (files: number, directories: number, symlinks: number) =>
			extractionSummary(
				{ files, directories, symlinks, bytes: 0 } as Parameters<typeof extractionSummary>[0],
				'out',
			);
		t.assert.equal(summary(1, 0, 0), 'Extracted 1 file (0 B) to out.');
		t.assert.equal(summary(1, 3, 0), 'Extracted 1 file and 3 directories (0 B) to out.');
		t.assert.equal(summary(0, 1, 2000), 'Extracted 1 directory and 2,000 symlinks (0 B) to out.');
		t.assert.equal(summary(7, 7, 5), 'Extracted 7 files, 7 directories and 5 symlinks (0 B) to out.');
		t.assert.equal(summary(0, 0, 0), 'Extracted nothing (0 B) to out.');
	});
});
