import { describe, test } from 'node:test';
import { UNKNOWN_CONTENT } from '../../../source/diff/merge/content-pairs.ts';
import { pathOf } from '../../../source/filetree/paths.ts';
import { rawControls } from '../../support/raw-controls.ts';
import { file } from '../../support/tar-entry.ts';
import { after, before, openPair } from '../support/open-pair.ts';
import { explore, type Scenario } from '../support/scenario.ts';

const pair = await openPair(before, after);
const small = { columns: 60, rows: 15 };

const tab = ({ screen }: Scenario) => /\[\d ([A-Za-z]+)/.exec(screen()[0])?.[1];
const place = ({ footer }: Scenario) => footer()[0];

/** All lines of the details of what the cursor is on, page by page. */
function wholeDetails(scenario: Scenario): readonly string[] {
	const lines: string[] = [];
	let page = scenario.press('tab');
	for (let last = ''; last !== page.screen().join('\n'); ) {
		last = page.screen().join('\n');
		for (const row of page.screen().slice(3, -2)) {
			const line = row.replace(/[▲▼│┃]$/, '').trim();
			if (!lines.includes(line)) lines.push(line);
		}
		page = page.press('page-down');
	}
	return lines;
}

describe('the views on two images', () => {
	test('are chosen by number, and keep the place in each', (t) => {
		const opened = explore(pair, small).press('j', 'j');
		t.assert.deepEqual(
			['1', '2', '3', '4'].map((key) => tab(opened.press(key))),
			['Files', 'Layers', 'Config', 'Figures'],
		);
		t.assert.equal(place(opened.press('3', 'j', '4', '1')), place(opened));
		t.assert.equal(place(opened.press('3', 'j', '1', '3')), place(opened.press('3', 'j')));
	});

	test('are left one step at a time by Esc, which never quits', (t) => {
		const inside = explore(pair, small).press('2', 'j', 'tab');
		t.assert.equal(inside.screen()[2].startsWith('━ Layer '), true);
		const list = inside.press('escape');
		t.assert.equal(list.screen()[2].startsWith('━  #'), true);
		const first = list.press('escape');
		t.assert.equal(tab(first), 'Files');
		t.assert.deepEqual(first.press('escape').state, first.state);
		t.assert.equal(place(first.press('2')), place(list));
	});

	test('have the details in place of the list where there is little room', (t) => {
		const opened = explore(pair, small);
		t.assert.equal(opened.screen()[2].includes('delta'), true);
		t.assert.equal(opened.press('tab').screen()[2].includes('delta'), false);
		t.assert.match(opened.press('tab').screen()[3], /^ \/opt +▲$/);
		t.assert.deepEqual(opened.press('tab', 'tab').screen(), opened.screen());
	});

	test('need 60x15', (t) => {
		t.assert.match(explore(pair, { columns: 59, rows: 15 }).screen().join('\n'), /fathom needs 60x15\./);
		t.assert.match(explore(pair, { columns: 60, rows: 14 }).screen().join('\n'), /fathom needs 60x15\./);
	});

	test('explain their letters in the help, and only their keys', (t) => {
		const help = explore(pair, { columns: 100, rows: 90 }).press('?').screen().join('\n');
		for (const line of [
			'moved: the same content at another path',
			'Show layers of both images',
			'Sort by delta',
		])
			t.assert.equal(help.includes(line), true, line);
		t.assert.equal(help.includes('This layer alone, or everything up to it'), false);
	});
});

describe('what was odd while an image was read', () => {
	test('is in the figures, and their tab says so', (t) => {
		const [older, newer] = pair.images;
		const warning = {
			code: 'diff-id-mismatch',
			message: 'The content of the layer does not have the diff ID that the config names.',
			count: 1,
			example: null,
			layerIndex: 1,
		} as const;
		const odd = { ...pair, images: [older, { ...newer, warnings: [warning] }] as const };
		const shown = explore(odd, small).press('4');
		t.assert.match(shown.screen()[0], /\[4 Figures !\]/);
		t.assert.match(shown.screen()[3], /^❯! to know +0 +1 /);
		const details = wholeDetails(shown).join(' ');
		t.assert.match(details, /new\.tar ! Layer 2: The content of the layer does not have the diff ID/);
	});
});

describe('what could not be compared', () => {
	test('is marked, and counted in the figures', (t) => {
		const contents = pair.contents.slice();
		const { tree } = pair;
		const hosts = Array.from({ length: tree.nodeCount }, (_, node) => node).find(
			(node) => pathOf(tree, node) === 'etc/hosts',
		);
		contents[hosts ?? 0] = UNKNOWN_CONTENT;
		const unknown = { ...pair, contents, files: { ...pair.files, unknownContents: 1 } };
		const rows = explore(unknown, small).press('c').press('/').type('hosts').screen();
		t.assert.equal(
			rows.some((row) => /^ \? +0 B +9 B .* hosts$/.test(row.replace(/ *[▲▼│┃]?$/, ''))),
			true,
		);
		const figures = explore(unknown, small).press('4', 'G').screen().join('\n');
		t.assert.match(figures, /❯files not compared +1/);
	});
});

describe('what a row cuts', () => {
	const words = Array.from({ length: 300 }, (_, index) => `word${index}`);

	test('is whole in the details of a config value', async (t) => {
		const older = { layers: [[file('a')]], config: { config: { Labels: { notes: words.join(' ') } } } };
		const newer = { layers: [[file('a')]], config: { config: { Labels: {} } } };
		const shown = explore(await openPair(older, newer), small).press('3');
		t.assert.deepEqual(
			wholeDetails(shown)
				.join(' ')
				.match(/word\d+/g),
			words,
		);
	});

	test('is whole in the details of a layer', async (t) => {
		const history = [{ created_by: `RUN ${words.join(' && ')}` }];
		const older = { layers: [[file('a', '1')]], config: { history: [{ created_by: 'RUN a' }] } };
		const newer = { layers: [[file('a', '2')]], config: { history } };
		const shown = explore(await openPair(older, newer), small).press('2');
		t.assert.deepEqual(
			wholeDetails(shown)
				.join(' ')
				.match(/word\d+/g),
			words,
		);
	});
});

describe('what comes from an image', () => {
	test('is escaped in every view', async (t) => {
		const evil = '\u001B[2J\u202Eevil\u0007';
		const image = (text: string) => ({
			names: [`x:${text}`],
			layers: [[file(`name ${text}`, text)]],
			config: {
				config: { Env: [`A=${text}`], Labels: { [text]: text }, User: text },
				history: [{ created_by: `RUN echo ${text}` }],
			},
		});
		const opened = await openPair(image(evil), image(`${evil}2`));
		for (const view of ['1', '2', '3', '4'])
			for (const keys of [[view], [view, 'j', 'j'], [view, 'j', 'tab', 'G']]) {
				const shown = explore(opened, { columns: 120, rows: 40 })
					.press(...keys)
					.screen()
					.join('\n');
				t.assert.doesNotMatch(shown, rawControls);
			}
	});
});
