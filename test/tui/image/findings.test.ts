import { describe, test } from 'node:test';
import { directory, file, whiteout } from '../../support/archives/tar-entry.ts';
import { openWithDetails } from '../support/known-details.ts';
import { explore, type Scenario } from '../support/scenario.ts';

const history = (...all: readonly string[]) => all.map((created_by) => ({ created_by }));

/** Logs of 50 kB that the base left, 100 kB of lists that are removed, and 850 kB that stay. */
const image = await openWithDetails({
	names: ['shop:1.0'],
	layers: [
		[directory('var'), file('var/log/dpkg.log', 'l'.repeat(50_000))],
		[file('srv/data', 'd'.repeat(850_000))],
		[file('var/lib/apt/lists/deb.example_dists_stable_Packages', 'p'.repeat(100_000))],
		[whiteout('var/lib/apt/lists/deb.example_dists_stable_Packages')],
	],
	config: {
		config: { User: 'shop' },
		history: history(
			'ADD base.tar /',
			'COPY data /srv',
			'RUN apt-get update',
			'RUN rm -rf /var/lib/apt/lists/*',
		),
	},
});

const heading = (columns: number) => explore(image, { columns, rows: 24 }).press('2').screen()[1];
const details = (scenario: Scenario) =>
	scenario
		.screen()
		.flatMap((line) => /│ (.*?) *[▲┃│▼]?$/.exec(line)?.[1] ?? [])
		.join('\n');

describe('what the findings save', () => {
	test('is told apart into waste and what is visible, and into the base and the rest', (t) => {
		t.assert.match(
			heading(140),
			/^━ Fix all 2: 1 MB → 850 kB, saves 150 kB \(15\.0 %\) ━+ 100 kB of it wasted, the rest is visible · 50 kB in the base ━$/,
		);
	});

	test('says less of it where there is less room', (t) => {
		t.assert.match(heading(104), / 100 kB of it wasted · 50 kB in the base ━$/);
		t.assert.match(heading(80), / 100 kB of it wasted ━$/);
		t.assert.match(heading(60), /^━ Fix all 2: 1 MB → 850 kB, saves 150 kB \(15\.0 %\) ━+$/);
	});
});

describe('what one finding leaves', () => {
	const findings = explore(image, { columns: 120, rows: 40 }).press('2');

	test('is a share of the image, in a column that says so', (t) => {
		t.assert.match(findings.screen()[2], /^━ +saves↓ leaves {2}what /);
		t.assert.match(findings.screen()[3], /^❯ +100 kB +90 % {2}package cache removed /);
		t.assert.match(findings.screen()[4], /^ +50 kB +95 % {2}logs left /);
	});

	test('is said in bytes in the details, with the efficiency that a waste costs', (t) => {
		t.assert.match(
			details(findings),
			/^saves +100 kB, leaves 900 kB \(90\.0 %\)\nefficiency +90\.0 % → 100\.0 %$/m,
		);
	});

	test('has no efficiency where all of it is visible', (t) => {
		const hint = details(findings.press('j'));
		t.assert.match(hint, /^saves +50 kB, leaves 950 kB \(95\.0 %\)$/m);
		t.assert.doesNotMatch(hint, /efficiency/);
	});
});

describe('a finding on a narrow screen', () => {
	test('keeps a part of its path that says something: the words before it are cut first', (t) => {
		const [row] = explore(image, { columns: 60, rows: 15 }).press('2').screen().slice(3);
		const [, words, path] = /% {2}(\S.*?) {2}(\/\S+)/.exec(row) ?? [];
		t.assert.equal('package cache removed'.startsWith(words.replace('…', '')), true);
		t.assert.equal(path.length >= 14, true, row);
	});
});

describe('a finding in many places', () => {
	const many = (count: number) =>
		openWithDetails({
			layers: [
				Array.from({ length: count }, (_, index) => file(`srv/${index}/data`, 'd'.repeat(100))),
				Array.from({ length: count }, (_, index) => whiteout(`srv/${index}`)),
			],
		});
	const isCut = /^These are the 10,000 largest places\.$/m;

	test('lists all of them', async (t) => {
		const all = details(explore(await many(75), { columns: 120, rows: 120 }).press('2'));
		t.assert.equal(all.match(/^ {3}100 B {2}\/srv\/\d+\/data$/gm)?.length, 75);
		t.assert.doesNotMatch(all, isCut);
	});

	test('says that these are the largest where it is in more than it keeps', async (t) => {
		const scenario = explore(await many(10_001), { columns: 120, rows: 40 });
		t.assert.match(details(scenario.press('2', 'tab', 'end')), isCut);
	});
});
