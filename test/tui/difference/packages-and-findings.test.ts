import { describe, test } from 'node:test';
import { directory, file, type TarEntry, whiteout } from '../../support/archives/tar-entry.ts';
import type { TestImage } from '../../support/archives/write-archive.ts';
import { openPair } from '../support/open-pair.ts';
import { explore } from '../support/scenario.ts';

const size = { columns: 80, rows: 24 };

function npm(name: string, version: string, bytes: number): readonly TarEntry[] {
	return [
		file(`srv/node_modules/${name}/package.json`, JSON.stringify({ name, version })),
		file(`srv/node_modules/${name}/index.js`, name[0].repeat(bytes)),
	];
}

const base = [directory('etc'), file('etc/hosts', 'localhost')];
const older: TestImage = {
	layers: [
		base,
		[...npm('kept', '1.0.0', 900), ...npm('left-out', '1.0.0', 4000), ...npm('raised', '1.0.0', 1000)],
	],
};
const newer: TestImage = {
	layers: [
		base,
		[...npm('kept', '1.0.0', 900), ...npm('brought', '2.0.0', 9000), ...npm('raised', '1.2.0', 3000)],
		[file('srv/node_modules/brought/index.js', 'b'.repeat(9000), { uid: 1000 })],
	],
};
const pair = await openPair(older, newer);
const removed = (name: string, bytes: number): TestImage => ({
	layers: [base, [file(name, 'x'.repeat(bytes))], [whiteout(name)]],
	config: { history: ['ADD base', `COPY ${name} /`, `RUN rm ${name}`].map((created_by) => ({ created_by })) },
});
const both = await openPair(removed('left', 5000), removed('brought', 4000));

describe('the packages of two images', () => {
	const packages = explore(pair, size).press('3');

	test('are those that differ, the greatest change first, with their deltas', (t) => {
		const rows = packages.screen();
		t.assert.match(rows[0], /\[3 Packages 3\]/);
		t.assert.match(rows[3], /^❯A +\+9\.\d+ kB +- → 9\.\d+ kB +npm +brought 2\.0\.0/);
		t.assert.match(rows[4], /^ D +-4\.\d+ kB +4\.\d+ kB → - +npm +left-out 1\.0\.0/);
		t.assert.match(rows[5], /^ ▲ +\+2 kB .* raised 1\.0\.0 → 1\.2\.0/);
	});

	test('have details, a filter and an order by name', (t) => {
		t.assert.match(
			packages
				.press('/', ...'raised', 'enter')
				.screen()
				.join('\n'),
			/version +1\.0\.0 → 1\.2\.0/,
		);
		t.assert.match(packages.press('s').screen()[3], /brought/);
		t.assert.match(packages.press('s', 'j').screen()[4], /left-out/);
	});
});

describe('Enter', () => {
	test('goes from a package to its files in both images, and Backspace back', (t) => {
		const there = explore(pair, size).press('3', 'enter');
		t.assert.match(there.footer()[0], /^ \/srv\/node_modules\/brought\/package\.json/);
		t.assert.match(there.screen()[0], /\[1 Files/);
		t.assert.match(there.press('backspace').screen()[0], /\[3 Packages/);
		const gone = explore(pair, size).press('3', 'j', 'enter');
		t.assert.match(gone.footer()[0], /^ \/srv\/node_modules\/left-out\/package\.json/);
	});

	test('goes from a finding to its files', (t) => {
		const there = explore(pair, size).press('4', 'enter');
		t.assert.match(there.footer()[0], /^ \/srv\/node_modules\/brought/);
	});
});

describe('the findings of two images', () => {
	test('are those that are new, with what they cost', (t) => {
		const findings = explore(pair, size).press('4');
		t.assert.match(findings.screen()[0], /\[4 Findings \d\]/);
		t.assert.match(findings.screen()[3], /^❯new +\+9 kB +- → 9 kB +owner changed/);
		t.assert.match(findings.screen().join('\n'), /became +found in the new image alone/);
	});

	test('have the greatest delta first, whether it is new or gone', (t) => {
		const findings = explore(both, size).press('4').screen();
		t.assert.match(findings[2], /delta↓/);
		t.assert.match(findings[3], /^❯gone +-5 kB +5 kB → - +removed later {2}\/left/);
		t.assert.match(findings[4], /^ new +\+4 kB +- → 4 kB +removed later {2}\/brought/);
	});

	test('have the ends of paths that are too long', async (t) => {
		const long = 'srv/orders/node_modules/express/package.json';
		const opened = await openPair({ layers: [base] }, removed(long, 4000));
		t.assert.match(explore(opened, size).press('4').screen()[3], / removed later {2}\/srv\S+…\S+\.json +3$/);
	});

	test('can be sorted by what is found', (t) => {
		t.assert.match(explore(both, size).press('4', 's').screen()[2], /what↓? /);
	});

	test('say that they are being compared until they are', (t) => {
		const details = { packages: { kind: 'waiting' }, findings: { kind: 'waiting' } } as const;
		const waiting = explore({ ...pair, details }, size);
		t.assert.match(waiting.press('3').screen().join('\n'), /The packages are being compared \.\.\./);
		t.assert.match(waiting.press('4').screen().join('\n'), /The findings are being compared \.\.\./);
		t.assert.match(waiting.screen()[0], / 3 Packages {3}4 Findings /);
	});
});
