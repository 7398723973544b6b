import { describe, test } from 'node:test';
import type { Effect } from '../../../source/tui/model/effects/effect.ts';
import type { DetailName } from '../../../source/tui/model/image-details.ts';
import type { OpenedImage } from '../../../source/tui/model/opened-image.ts';
import { withDetails } from '../../../source/tui/model/shown/show-subject.ts';
import { directory, file, whiteout } from '../../support/archives/tar-entry.ts';
import { openSampleWithDetails, openWithDetails } from '../support/known-details.ts';
import { explore, openSample, type Scenario, scenarioOf } from '../support/scenario.ts';

const size = { columns: 80, rows: 24 };
const token = `npm_${'aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zA1bC2'}`;
const packageJson = (name: string, needs: string) =>
	JSON.stringify({ name, version: '1.2.3', dependencies: needs === '' ? {} : { [needs]: '*' } });

/** An image with something for each tab. */
const image = await openWithDetails(
	{
		names: ['shop:1.0'],
		layers: [
			[directory('etc'), file('etc/passwd', 'root:x:0:0')],
			[
				directory('srv'),
				file('srv/.npmrc', `//registry.npmjs.org/:_authToken=${token}\n`),
				file('srv/model.bin', 'm'.repeat(300_000)),
				file('srv/copy.bin', 'c'.repeat(20_000)),
				file('srv/node_modules/left/package.json', packageJson('left', 'right')),
				file('srv/node_modules/left/index.js', 'l'.repeat(5000)),
				file('srv/node_modules/right/package.json', packageJson('right', '')),
				file('srv/node_modules/right/index.js', 'r'.repeat(9000)),
			],
			[file('srv/model.bin', 'm'.repeat(300_000), { uid: 1000 }), whiteout('srv/.npmrc')],
			[file('srv/other.bin', 'c'.repeat(20_000)), file('srv/live.npmrc.txt', token)],
		],
		config: {
			config: {
				Env: ['PATH=/usr/bin', `NPM_TOKEN=${token}`],
				Labels: { long: 'word '.repeat(100) },
				Entrypoint: ['node', 'server.js'],
			},
			history: [
				{ created_by: 'ADD base.tar /', created: '2025-01-01T00:00:00Z' },
				{ created_by: 'COPY . /srv', created: '2025-03-02T00:00:00Z' },
				{ created_by: 'RUN chown 1000 /srv/model.bin && rm /srv/.npmrc', created: '2025-03-02T00:00:00Z' },
				{ created_by: 'ENV NPM_TOKEN', created: '2025-03-02T00:00:00Z', empty_layer: true },
				{ created_by: 'RUN cp /srv/copy.bin /srv/other.bin', created: '2025-03-02T00:00:00Z' },
			],
		},
	},
	{},
);

const shown = (scenario: Scenario) => scenario.screen().join('\n');
const copied = ({ state }: Scenario) =>
	state.effects.flatMap((effect: Effect<unknown>) =>
		effect.type === 'request' && effect.kind === 'copy-text' ? [effect.ask.text] : [],
	);

describe('a person who asks why the image is big', () => {
	const findings = explore(image, size).press('2');

	test('reads what all of it would save, and the greatest finding first', (t) => {
		t.assert.match(findings.screen()[1], /^━ Fix all \d+: 6\d\d kB → \d+ kB, saves \d+ kB \(\d\d\.\d %\) ━/);
		t.assert.match(findings.screen()[3], /^❯ +300 kB +\d\d % {2}owner changed {2}\/srv\/model\.bin +2 → 3/);
	});

	test('reads which layer is to blame, and what to write instead', (t) => {
		const large = shown(explore(image, { columns: 120, rows: 60 }).press('2'));
		t.assert.match(large, /Layer 3/);
		t.assert.match(large, /RUN chown 1000 \/srv\/model\.bin && rm/);
		t.assert.match(large, /Instead/);
		t.assert.match(large, /The bytes are from/);
		t.assert.match(large, /fathom explain owner-changed shows an/);
	});

	test('goes to the file in that layer, and comes back', (t) => {
		const there = findings.press('enter');
		t.assert.equal(there.state.view, 'layers');
		t.assert.equal(there.layersState.layer, 2);
		t.assert.match(shown(there), /❯.* model\.bin/);
		t.assert.deepEqual(there.press('backspace').screen(), findings.screen());
	});

	test('copies the advice, and the rule that accepts it', (t) => {
		t.assert.match(copied(findings.press('Y'))[0], /COPY|chown/);
		const [rule] = copied(findings.press('A'));
		t.assert.equal(
			rule,
			[
				'findings:',
				'  accept:',
				'    - code: owner-changed',
				'      paths: ["srv/model.bin"]',
				'      reason: "say here why it stays"',
				'',
			].join('\n'),
		);
	});
});

describe('a person who looks for secrets', () => {
	const deleted = explore(image, size).press('5');

	test('is told by the tab, and finds the deleted one first', (t) => {
		t.assert.match(deleted.screen()[0], /\[5 Deleted \d+!\]/);
		t.assert.match(deleted.screen()[1], /2 look secret ━$/);
		t.assert.match(deleted.screen()[3], /^❯! +\d+ B +L2 +L3 {2}\/srv\/\.npmrc .*npm/);
	});

	test('sees what is visible too, marked as that', (t) => {
		t.assert.match(deleted.screen()[4], /^ ! +\d+ B +L4 +- {2}\/srv\/live\.npmrc\.txt .*visible/);
	});

	test('goes to the layer that ships it', (t) => {
		const there = deleted.press('enter');
		t.assert.equal(there.layersState.layer, 1);
		t.assert.match(shown(there), /❯.*\.npmrc/);
	});

	test('never sees the value, in any tab at any size', (t) => {
		for (const columns of [60, 80, 200])
			for (const tab of ['2', '3', '4', '5', '6']) {
				let scenario = explore(image, { columns, rows: 60 }).press(tab);
				for (let row = 0; row < 80; row++) {
					t.assert.equal(shown(scenario).includes('aB3dE5gH7jK9'), false, `${columns} ${tab} ${row}`);
					scenario = scenario.press('j');
				}
			}
	});
});

describe('the packages', () => {
	const packages = explore(image, size).press('4');

	test('are listed with what nobody owns, and what they come to', (t) => {
		t.assert.match(packages.screen()[1], /^━ 2 packages own 14\.\d kB; \d+ kB nobody owns ━/);
		t.assert.match(packages.screen()[3], /nobody: \/srv/);
	});

	test('are sorted by bytes, added size, files and name', (t) => {
		const first = (presses: number) =>
			explore(image, size)
				.press('4', ...Array.from({ length: presses }, () => 's'))
				.screen()[2];
		t.assert.match(first(0), /bytes↓/);
		t.assert.match(first(2), /files↓/);
		t.assert.match(first(3), /package↓/);
	});

	test('say who asked for them, what they need and which files are theirs', (t) => {
		const right = shown(explore(image, { columns: 140, rows: 40 }).press('4', '/', ...'right', 'enter'));
		t.assert.match(right, /asked for +by left/);
		t.assert.match(right, /\/srv\/node_modules\/right\/index\.js/);
		const left = shown(explore(image, { columns: 140, rows: 40 }).press('4', '/', ...'left', 'enter'));
		t.assert.match(left, /needs +right/);
	});

	test('lead to their largest file', (t) => {
		const there = packages.press('/', ...'right', 'enter', 'enter');
		t.assert.equal(there.state.view, 'layers');
		t.assert.match(shown(there), /❯.*index\.js/);
	});
});

describe('the copies and the image', () => {
	test('list every copy with its layer and what made that', (t) => {
		const copies = explore(image, size).press('3');
		t.assert.match(copies.screen()[1], /^━ Same content at several paths: 20 kB to be saved ━/);
		t.assert.match(copies.screen()[3], /^❯ +20 kB +2 +20 kB {2}2, 4 +\/srv\/copy\.bin/);
		t.assert.match(shown(copies), /L4 {2}RUN cp \/srv\/copy\.bin \/srv\/other\.bin/);
	});

	test('show a long value whole, and hide a secret one', (t) => {
		const label = explore(image, { columns: 80, rows: 24 }).press('6', '/', ...'label long', 'enter', 'tab');
		const words = (scenario: Scenario) =>
			scenario.screen().filter((line) => /^ (?:word )+word *[┃│▲▼]?$/.test(line));
		const lines = new Set([...words(label), ...words(label.press('page-down')), ...words(label.press('G'))]);
		t.assert.equal([...lines].length > 0, true);
		t.assert.equal(shown(label.press('G')).includes('…'), true);
		const secret = explore(image, size).press('6', '/', ...'NPM_TOKEN', 'enter');
		t.assert.match(shown(secret), /! env NPM_TOKEN +looks secret, not shown/);
	});

	test('tell the base from what was built on it', (t) => {
		const screen = shown(explore(image, size).press('6'));
		t.assert.match(screen, /FROM the base \(layer 1, by default\)/);
		t.assert.match(screen, /COPY \. \/srv +334 kB.* 2025-03-02/);
	});
});

describe('accepted findings', () => {
	test('are marked with the reason, and not counted', async (t) => {
		const accepted = [
			{ code: 'owner-changed', paths: null, reason: 'needed by \u001B[31me2e', line: 1 },
		] as const;
		const scenario = explore(await openSampleWithDetails({ accepted }), size).press('2');
		t.assert.match(scenario.screen()[1], /\d accepted ━$/);
		t.assert.match(shown(scenario), /^❯✓ 25\.9 kB +owner changed {2}accepted: needed by \\x1B\[31me2e/m);
	});
});

describe('the tabs', () => {
	const tabs = (columns: number, key: string) => explore(image, { columns, rows: 24 }).press(key).screen()[0];

	test('all show their counts where there is room for them', (t) => {
		t.assert.match(tabs(80, '3'), /2 Findings \d+ .*\[3 Copies 1\].*4 Packages \d+ .*5 Deleted \d+!/);
	});

	test('leave the count to the current one at 60 columns', (t) => {
		t.assert.equal(tabs(60, '3'), '1 Layers 2 Findings[3 Copies 1]4 Packages 5 Deleted! 6 Image');
	});
});

describe('a tab whose detail is not there', () => {
	test('says that it is being worked out, and no number', async (t) => {
		const waiting = explore(await openSample(), size);
		t.assert.match(waiting.screen()[0], / 2 Findings {3}3 Copies {3}4 Packages {3}5 Deleted {3}6 Image/);
		for (const [key, words] of [
			['2', 'the findings'],
			['3', 'the copies'],
			['4', 'the packages'],
			['5', 'the deleted files'],
		])
			t.assert.match(shown(waiting.press(key)), new RegExp(`Working out ${words} \\.\\.\\.`));
	});

	test('says why it failed, in words that are safe', async (t) => {
		const failed = (name: DetailName) => ({
			[name]: { kind: 'failed', reason: 'The layer is \u001B[2Jcut.' },
		});
		const { state } = explore(await openSample(), size).press('3');
		const scenario = scenarioOf(withDetails(state, failed('copies') as Partial<OpenedImage['details']>));
		t.assert.match(shown(scenario), /The copies could not be worked out: The layer is \\x1B\[2Jcut\./);
	});
});
