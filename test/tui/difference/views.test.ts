import { describe, test } from 'node:test';
import { UNKNOWN_CONTENT } from '../../../source/diff/merge/content-pairs.ts';
import { pathOf } from '../../../source/filetree/paths.ts';
import { file } from '../../support/archives/tar-entry.ts';
import { rawControls } from '../../support/raw-controls.ts';
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
			['1', '2', '3', '4', '5', '6'].map((key) => tab(opened.press(key))),
			['Files', 'Layers', 'Packages', 'Findings', 'Config', 'Figures'],
		);
		t.assert.equal(place(opened.press('5', 'j', '6', '1')), place(opened));
		t.assert.equal(place(opened.press('5', 'j', '1', '5')), place(opened.press('5', 'j')));
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
		const help = explore(pair, { columns: 100, rows: 200 }).press('?').screen().join('\n');
		for (const line of [
			'moved: the same content at another path',
			'Show layers of both images',
			'Sort by delta',
		])
			t.assert.equal(help.includes(line), true, line);
		t.assert.equal(help.includes('This layer alone, or everything up to it'), false);
	});
});

/** The rows of the list, without what is beside or below them. */
function rows({ screen }: Scenario): readonly string[] {
	const list = screen().slice(3, -2);
	const end = list.findIndex((row) => row === '' || /^[─━]/.test(row));
	return list.slice(0, end < 0 ? list.length : end).map((row) =>
		row
			.replace(/ *[▲▼│┃]$/, '')
			.slice(1)
			.trimEnd(),
	);
}

describe('a filter', () => {
	const roomy = { columns: 80, rows: 40 };
	const found = (view: string, text: string) => explore(pair, roomy).press(view, '/').type(text);

	test('finds layers by instruction, by what became of them and by digest', (t) => {
		const numbers = (scenario: Scenario) => rows(scenario).map((row) => row.slice(0, 7).trimEnd());
		t.assert.deepEqual(numbers(found('2', 'copy')), ['M 2 → 3']);
		t.assert.deepEqual(rows(found('2', 'Copy')), ['Nothing matches the filter.']);
		t.assert.deepEqual(numbers(found('2', 'insert')), ['A - → 2']);
		const [, , third] = pair.images[1].description.layers;
		t.assert.deepEqual(numbers(found('2', third.diffId ?? '?')), ['M 2 → 3']);
		t.assert.deepEqual(numbers(found('2', '~^(add|run) ')), ['= 1', 'A - → 2']);
	});

	test('finds what differs in the config by name and by either value', (t) => {
		const names = (scenario: Scenario) => rows(scenario).map((row) => row.slice(0, 26).trimEnd());
		t.assert.deepEqual(names(found('5', '~^env node_env$')), ['M env NODE_ENV']);
		t.assert.deepEqual(names(found('5', 'two words')), ['A env ADDED']);
		t.assert.deepEqual(names(found('5', '~^development$')), ['M env NODE_ENV']);
	});

	test('finds figures, with what they are parts of', (t) => {
		const names = (scenario: Scenario) => rows(scenario).map((row) => row.slice(0, 26).trimEnd());
		t.assert.deepEqual(names(found('6', 'wasted')), [
			'wasted',
			'  removed',
			'  content',
			'  metadata',
			'  identical',
			'  duplicate',
		]);
		t.assert.deepEqual(names(found('6', 'symlink')), ['symlinks']);
	});

	test('is kept by Enter, named in the title, cleared by Esc, and then the place is as it was', (t) => {
		for (const view of ['2', '5', '6']) {
			const there = explore(pair, roomy).press(view, 'j', 'j');
			const typed = there.press('/').type('e');
			t.assert.match(place(typed), /^ \/e +\d+ found$/);
			const kept = typed.press('enter');
			t.assert.match(kept.screen()[2], / filter e /);
			t.assert.match(kept.footer()[1], / Esc clear filter /);
			t.assert.deepEqual(kept.press('escape').screen(), there.screen());
			t.assert.deepEqual(typed.press('escape').screen(), there.screen());
			// The list has the keys, wherever they were.
			t.assert.equal(there.press('tab', '/').screen()[2].startsWith('━'), true);
		}
	});

	test('leaves the cursor on what it finds, and the cursor stays there without it', (t) => {
		const moved = found('5', 'label').press('enter');
		t.assert.match(place(moved), /^ label version .* 1 of 1$/);
		const two = explore(pair, roomy).press('6', '/').type('wasted').press('down', 'down', 'enter');
		t.assert.match(place(two), /^ content .* 3 of 6$/);
		t.assert.match(place(two.press('escape')), /^ content /);
	});

	test('says so where it finds nothing or is not valid, in both panes', (t) => {
		const nothing = found('5', 'nowhere').press('enter');
		t.assert.equal(nothing.screen()[3], ' Nothing matches the filter.');
		t.assert.match(place(nothing), /^ Nothing matches the filter\./);
		t.assert.equal(nothing.screen().includes(' Nothing is selected.'), true);
		const invalid = found('5', '~(');
		t.assert.match(place(invalid), /no usable filter/);
		t.assert.deepEqual(rows(invalid), rows(explore(pair, roomy).press('5').press('/')));
	});

	test('is named in the line below where the title has no room', (t) => {
		const kept = explore(pair, small).press('6', '/').type('wasted').press('enter');
		t.assert.equal(kept.screen()[2].includes('filter'), false);
		t.assert.match(place(kept), /^ wasted +filter wasted · 1 of 6$/);
	});

	test('belongs to its view', (t) => {
		const kept = found('5', 'env').press('enter', '2');
		t.assert.doesNotMatch(kept.screen()[2], /filter/);
		t.assert.match(kept.press('5').screen()[2], / filter env /);
	});
});

describe('the layers', () => {
	test('say so where nothing is known of how one was made', async (t) => {
		const unknown = { layers: [[file('a')]], config: { history: [] } };
		const shown = explore(await openPair(unknown, unknown), small).press('2');
		t.assert.match(rows(shown)[0], / no history$/);
		t.assert.equal(wholeDetails(shown)[0], 'No history for this layer');
	});

	test('have the comment where no instruction made one, as of docker import', async (t) => {
		const imported = { layers: [[file('a')]], config: { history: [{ comment: 'Imported from -' }] } };
		const shown = explore(await openPair(imported, imported), small).press('2');
		t.assert.match(rows(shown)[0], / Imported from -$/);
		t.assert.equal(wholeDetails(shown)[0], 'Imported from -');
	});

	test('are sorted by stored bytes with s, and the other way round with S', (t) => {
		const opened = explore(pair, { columns: 80, rows: 40 }).press('2', 'j');
		const numbers = (scenario: Scenario) => rows(scenario).map((row) => row.slice(2, 7).trimEnd());
		t.assert.deepEqual(numbers(opened), ['1', '- → 2', '2 → 3']);
		t.assert.match(opened.screen()[2], / #↓ /);
		const bySize = opened.press('s');
		t.assert.deepEqual(numbers(bySize), ['2 → 3', '- → 2', '1']);
		t.assert.match(bySize.screen()[2], / stored↓ /);
		t.assert.match(place(bySize), /^ Layer - → 2 .* 2 of 3$/);
		t.assert.deepEqual(numbers(bySize.press('S')), ['1', '- → 2', '2 → 3']);
		t.assert.match(bySize.press('S').screen()[2], / stored↑ /);
		t.assert.deepEqual(bySize.press('s').screen(), opened.screen());
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
		const shown = explore(odd, small).press('6');
		t.assert.match(shown.screen()[0], /\[6 Figures!\]/);
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
		const figures = explore(unknown, small).press('6', 'G', 'k').screen().join('\n');
		t.assert.match(figures, /❯files not compared +1/);
	});
});

describe('the steps of the history', () => {
	const built = (created_by: string) => ({
		layers: [[file('a')]],
		config: { history: [{ created_by: 'COPY a /' }, { created_by, empty_layer: true }] },
	});

	test('are as a Dockerfile has them, and in the details as they were recorded too', async (t) => {
		const recorded = '/bin/sh -c #(nop)  EXPOSE map[8080/tcp:{}]';
		const opened = await openPair(built('USER app'), built(recorded));
		const shown = explore(opened, { columns: 80, rows: 30 }).press('5');
		t.assert.match(shown.screen()[3], /^❯A step +- → EXPOSE 8080\/tcp$/);
		const details = wholeDetails(shown);
		t.assert.equal(details[details.indexOf('new') + 1], 'EXPOSE 8080/tcp');
		t.assert.equal(details[details.indexOf('recorded as') + 1], recorded);
	});

	test('are found by what they show', async (t) => {
		const opened = await openPair(built('USER app'), built('EXPOSE map[8080/tcp:{}]'));
		const found = explore(opened, small).press('5', '/').type('expose 8080');
		t.assert.match(found.screen()[3], /EXPOSE 8080\/tcp/);
	});
});

describe('what a row cuts', () => {
	const words = Array.from({ length: 300 }, (_, index) => `word${index}`);

	test('is whole in the details of a config value', async (t) => {
		const older = { layers: [[file('a')]], config: { config: { Labels: { notes: words.join(' ') } } } };
		const newer = { layers: [[file('a')]], config: { config: { Labels: {} } } };
		const shown = explore(await openPair(older, newer), small).press('5');
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
		for (const view of ['1', '2', '3', '4', '5', '6'])
			for (const keys of [[view], [view, 'j', 'j'], [view, 'j', 'tab', 'G']]) {
				const shown = explore(opened, { columns: 120, rows: 40 })
					.press(...keys)
					.screen()
					.join('\n');
				t.assert.doesNotMatch(shown, rawControls);
			}
	});
});
