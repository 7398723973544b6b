import { describe, test } from 'node:test';
import { frameOf } from '../../../source/tui/model/frame/frame.ts';
import { directory, file, type TarEntry } from '../../support/archives/tar-entry.ts';
import type { TestImage } from '../../support/archives/write-archive.ts';
import { after, before, openPair } from '../support/open-pair.ts';
import { explore, type Scenario } from '../support/scenario.ts';

const pair = await openPair(before, after);
const size = { columns: 80, rows: 40 };

/** The rows of the list, without what follows them. */
function rows({ screen }: Scenario): readonly string[] {
	const list = screen().slice(3);
	return list.slice(
		0,
		list.findIndex((row) => row === '' || row.startsWith('─')),
	);
}

/** The letter and the name of each row. */
function names(scenario: Scenario): readonly string[] {
	return rows(scenario).map((row) => `${row[1]} ${row.slice(36).replace(/^[│├└─▾▸ ]+/, '')}`);
}

const title = ({ screen }: Scenario) => screen()[2];
const place = ({ footer }: Scenario) => footer()[0];

describe('the files of two images', () => {
	test('are what changed, the greatest delta first, with what became of each', (t) => {
		t.assert.deepEqual(names(explore(pair, size)), [
			'A opt/',
			'· srv/',
			'M index.html',
			'T current file → symlink, -> index.html',
			'D VERSION',
			'm README.md mode 644 → 600, uid 0 → 1000',
			'R assets/ from /srv/static',
			'R new-name.txt from /srv/old-name.txt',
			'M report.js',
			'A same-name.txt -> srv/new-name.txt',
		]);
	});

	test('say how much is hidden, and c brings it', (t) => {
		const changes = explore(pair, size);
		t.assert.match(title(changes), / 7 unchanged hidden /);
		const everything = changes.press('c');
		t.assert.match(title(everything), / all paths /);
		t.assert.deepEqual(
			names(everything).filter((name) => name.startsWith(' ')),
			['  etc/', '  sh -> ash'],
		);
	});

	test('are sorted by name and by new size with s, and the other way round with S', (t) => {
		const top = (scenario: Scenario) =>
			names(scenario).filter((name) => /^. (opt\/|srv\/|VERSION|index.html)$/.test(name));
		const opened = explore(pair, size);
		t.assert.deepEqual(top(opened.press('s')), ['A opt/', '· srv/', 'D VERSION', 'M index.html']);
		t.assert.deepEqual(top(opened.press('s', 's')), ['· srv/', 'M index.html', 'D VERSION', 'A opt/']);
		t.assert.match(title(opened.press('s', 's')), / new↓ /);
		t.assert.deepEqual(top(opened.press('S')), ['· srv/', 'D VERSION', 'M index.html', 'A opt/']);
		t.assert.match(title(opened), / delta↓ /);
		t.assert.match(title(opened.press('S')), / delta↑ /);
		t.assert.match(title(opened.press('s', 'S')), / name↑ /);
		t.assert.deepEqual(names(opened.press('s', 's', 's')), names(opened));
	});

	test('unfold and fold, and the cursor goes to the folder above', (t) => {
		const opened = explore(pair, size).press('enter', 'down');
		t.assert.equal(
			place(opened),
			' /opt/tool                                                              2 of 11',
		);
		t.assert.equal(place(opened.press('left')).trim().split(/ +/)[0], '/opt');
		t.assert.deepEqual(names(opened.press('left', 'left')), names(explore(pair, size)));
	});

	test('are filtered, and Esc brings back the place', (t) => {
		const there = explore(pair, size).press('j', 'j', 'j', 'j');
		const filtered = there.press('/').type('readme').press('enter');
		t.assert.deepEqual(names(filtered), ['· srv/', 'm README.md mode 644 → 600, uid 0 → 1000']);
		t.assert.match(title(filtered), / filter readme /);
		t.assert.equal(place(filtered.press('escape')), place(there));
		const nothing = there.press('/').type('hosts').press('enter');
		t.assert.equal(nothing.screen()[3], ' No change matches the filter. c searches everything.');
		t.assert.equal(nothing.screen().includes(' Nothing is selected.'), true);
		t.assert.equal(there.press('/').type('hosts').screen()[3], ' No change matches the filter.');
		t.assert.deepEqual(names(nothing.press('c')), ['  etc/', '  hosts']);
	});

	test('have the cursor on the first match of a filter that is kept, and n and N go on from there', (t) => {
		const kept = explore(pair, size).press('/').type('re').press('enter');
		t.assert.match(place(kept), /^ \/srv\/current /);
		t.assert.match(place(kept.press('n')), /^ \/srv\/README.md /);
		t.assert.equal(place(kept.press('n', 'N')), place(kept));
	});

	test('open as what differs in a file, and Esc leads back to them at once', (t) => {
		const there = explore(pair, size).press('g', 'n');
		const opened = there.press('enter');
		t.assert.match(opened.screen()[0], /\/srv\/index.html /);
		t.assert.deepEqual(opened.press('escape').screen(), there.screen());
	});

	test('are gone through from change to change with n and N', (t) => {
		const first = explore(pair, size).press('g', 'n');
		t.assert.match(place(first), /^ \/srv\/index.html /);
		t.assert.match(place(first.press('n')), /^ \/srv\/current /);
		t.assert.equal(place(first.press('n', 'N')), place(first));
	});

	test('have the text of a filter marked in their names', (t) => {
		const { state } = explore(pair, size).press('/').type('readme');
		const spans = frameOf(state).columns.flatMap(({ lines }) => lines.flatMap((line) => line.spans));
		const marked = spans.filter(({ style }) => style === 'match').map(({ text }) => text);
		t.assert.deepEqual(marked, ['README']);
	});

	test('are filtered by the old path of what moved as well, also by a part of it', (t) => {
		const opened = explore(pair, size);
		const found = (text: string) => opened.press('/').type(text);
		t.assert.deepEqual(names(found('old-name')), ['· srv/', 'R new-name.txt from /srv/old-name.txt']);
		t.assert.match(place(found('old-name')), / 1 found$/);
		t.assert.deepEqual(names(found('~/static$')), ['· srv/', 'R assets/ from /srv/static']);
		for (const text of ['static/logo', 'assets/logo']) {
			const inMoved = ['· srv/', 'R assets/ from /srv/static', '  logo.svg'];
			t.assert.deepEqual(names(found(text)), inMoved);
			t.assert.match(place(found(text)), / 1 found$/);
			t.assert.deepEqual(names(found(text).press('enter', 'c')), inMoved);
		}
		// Both of its names: once.
		t.assert.deepEqual(names(found('logo.svg').press('enter', 'c')), [
			'· srv/',
			'R assets/ from /srv/static',
			'  logo.svg',
		]);
		t.assert.match(place(found('logo.svg')), / 1 found$/);
	});

	test('are counted as far as they are shown', (t) => {
		const opened = explore(pair, size);
		t.assert.match(place(opened.press('/').type('s')), / 1 found$/);
		t.assert.match(place(opened.press('c', '/').type('s')), / 4 found$/);
		t.assert.match(place(opened.press('/').type('hosts')), / 0 found$/);
		t.assert.match(place(opened.press('c', '/').type('hosts')), / 1 found$/);
		t.assert.match(place(opened.press('/').type('hosts').press('enter', 'c', '/')), / 1 found$/);
	});

	test('say so where nothing differs', async (t) => {
		const equal = explore(await openPair(before, before), size);
		t.assert.match(equal.screen()[3], /The files do not differ\. c shows them\./);
		t.assert.equal(equal.screen()[0].startsWith('[1 Files 0]'), true);
	});
});

describe('the files without some paths', () => {
	const layers = (...entries: readonly TarEntry[]) => ({ layers: [entries] });
	const open = async (images: readonly [TestImage, TestImage], ...ignore: readonly string[]) =>
		explore(await openPair(...images, { ignore }), size);

	test('say so where no other file is there', async (t) => {
		const opened = await open([before, after], '**');
		t.assert.equal(opened.screen()[3], ' --ignore leaves out all files.');
		t.assert.equal(opened.press('c').screen()[3], ' --ignore leaves out all files.');
	});

	test('are as if these paths were in neither image, and say so', async (t) => {
		const opened = await open([before, after], 'srv/*.{html,md}', '/opt');
		t.assert.deepEqual(names(opened), [
			'· srv/',
			'T current file → symlink, -> index.html',
			'D VERSION',
			'R assets/ from /srv/static',
			'R new-name.txt from /srv/old-name.txt',
			'M report.js',
			'A same-name.txt -> srv/new-name.txt',
		]);
		t.assert.match(title(opened), / 7 hidden · without 2 globs /);
		t.assert.match(opened.screen()[0], /^\[1 Files 6\]/);
		t.assert.match(rows(opened)[0], /^❯· +-42 B /);
		t.assert.deepEqual(
			names(opened.press('c')).filter((name) => / (index.html|README.md|opt)$/.test(name) && name[0] !== 'T'),
			[],
		);
		const figure = opened.press('6', 'G').screen().join('\n');
		t.assert.match(figure, / left out +srv\/\*\.\{html,md\}/);
	});

	test('name a single glob', async (t) => {
		t.assert.match(title(await open([before, after], 'opt')), / · without opt /);
		const equal = await open([before, before], 'opt');
		t.assert.equal(equal.screen()[3], ' The other files do not differ. c shows them.');
	});

	test('have what moved from or to one of them as added or removed', async (t) => {
		const moved: readonly [TestImage, TestImage] = [
			layers(directory('a'), file('a/x', 'xxx'), file('a/y', 'yyyyy')),
			layers(directory('b'), file('b/x', 'xxx'), file('b/y', 'yyyyy')),
		];
		t.assert.deepEqual(names(await open(moved)), ['R b/ from /a']);
		t.assert.deepEqual(names(await open(moved, 'a')), ['A b/']);
		t.assert.deepEqual(names((await open(moved, 'b')).press('right')), ['D a/', 'D y', 'D x']);
		t.assert.deepEqual(names(await open(moved, '*/x')), ['R b/ from /a']);
		const inPart = await open(moved, 'b/x');
		t.assert.deepEqual(names(inPart.press('=', 'G', 'right', 'g', 'right')).toSorted(), [
			'A b/',
			'D a/',
			'D x',
			'R y from /a/y',
		]);
		t.assert.deepEqual(names((await open(moved, 'a/x')).press('right')), ['R b/ from /a', 'A x']);
	});
});

describe('folders of which a part moved', async () => {
	const image = (folder: string, other: string): TestImage => ({
		layers: [
			[directory(folder), file(`${folder}/a`, 'a'.repeat(100)), file(`${folder}/c`, other.repeat(20))],
		],
	});
	const opened = explore(await openPair(image('lib', 'x'), image('src', 'y')), { columns: 80, rows: 40 });
	const facts = (scenario: Scenario) => rows(scenario).map((row) => row.slice(1).trim().replace(/ +/g, ' '));

	test('add up: what moved is at its new path in both images', (t) => {
		t.assert.deepEqual(facts(opened.press('right', 'G', 'right')), [
			'D -20 B ███ 20 B → - ▾ lib/',
			'D -20 B ███ 20 B → - └── c',
			'A +20 B ███ 100 B → 120 B ▾ src/',
			'A +20 B ███ - → 20 B ├── c',
			'R 0 B 100 B └── a from /lib/a',
		]);
	});

	test('say in their details what moved', (t) => {
		t.assert.match(opened.screen().join('\n'), / moved away +100 B more, no part of delta/);
		t.assert.match(opened.press('G').screen().join('\n'), / moved here +100 B of it, no part of delta/);
	});
});

describe('the folder that is asked for', () => {
	const open = async (folder: string) => explore(await openPair(before, after, { folder }), size);

	test('is open, with the cursor on it', async (t) => {
		t.assert.match(place(await open('/opt')), /^ \/opt /);
		t.assert.equal(names(await open('/opt'))[1], 'A tool');
		t.assert.match(place(await open('srv/assets/')), /^ \/srv\/assets /);
		t.assert.match(title(await open('opt')), / unchanged hidden /);
	});

	test('is at its new path if it moved, and is shown if nothing changed in it', async (t) => {
		t.assert.match(place(await open('/srv/static')), /^ \/srv\/assets /);
		const unchanged = await open('/etc');
		t.assert.match(place(unchanged), /^ \/etc /);
		t.assert.match(title(unchanged), / all paths /);
		t.assert.deepEqual(names(unchanged).slice(names(unchanged).indexOf('  etc/')).slice(0, 3), [
			'  etc/',
			'  hosts',
			'  passwd',
		]);
	});
});

describe('the details of a path', () => {
	test('say what it is in each image, and which layers it is from', (t) => {
		const shown = explore(pair, { columns: 60, rows: 30 }).press('j', 'j', 'j', 'j', 'j', 'tab');
		const details = shown.screen().slice(-11, -2);
		t.assert.deepEqual(
			details.map((row) => row.replace(/[▲▼│┃]$/, '').trim()).filter((row) => row !== ''),
			[
				'/srv/README.md',
				'only mode, owner or attributes changed',
				'size       49 B',
				'type       file',
				'mode       644 -rw-r--r-- → 600 -rw-------',
				'owner      0:0 → 1000:0',
				'old layer  2 of 2 COPY srv /srv',
				'new layer  3 of 3 COPY srv /srv',
			],
		);
	});

	test('count what changed below a folder, without the folder', async (t) => {
		const newer = { layers: [[directory('x'), directory('opt'), file('opt/tool', '1')]] };
		const opened = await openPair({ layers: [[directory('x')]] }, newer);
		const below = explore(opened, size)
			.screen()
			.filter((row) => row.startsWith(' below'));
		t.assert.deepEqual(
			below.map((row) => row.replace(/[▲▼│┃]$/, '').trim()),
			['below      1 changed'],
		);
	});

	test('of a folder say what matches the filter, as its row does, and all of it', async (t) => {
		const built = (passwd: string, tool: string) => ({
			layers: [[directory('etc'), file('etc/passwd', passwd), file('etc/tool', tool)]],
		});
		const opened = await openPair(built('p'.repeat(100), 't'), built('p'.repeat(339), 't'.repeat(5000)));
		const shown = explore(opened, size);
		const details = ({ screen }: Scenario) =>
			screen().flatMap(
				(row) => /^ ((?:matching|all of it|size|delta|below) .*?) *[│┃▲▼]?$/.exec(row)?.[1] ?? [],
			);
		t.assert.deepEqual(details(shown), [
			'size       101 B → 5,339 B',
			'delta      +5,238 B',
			'below      2 changed',
		]);
		t.assert.deepEqual(details(shown.press('/', ...'passwd', 'enter', 'k')), [
			'matching   100 B → 339 B, +239 B',
			'all of it  101 B → 5,339 B, +5,238 B',
			'below      2 changed',
		]);
	});

	test('of a folder in which something changed call the folder itself the same', async (t) => {
		const shared = [directory('etc'), file('etc/passwd', 'p')];
		const opened = await openPair({ layers: [shared] }, { layers: [shared, [file('etc/passwd', 'q')]] });
		const screen = explore(opened, size).screen().join('\n');
		t.assert.match(screen, / something in it changed/);
		t.assert.match(screen, / The directory itself is the same in both images\./);
		t.assert.doesNotMatch(screen, /The new image has the same/);
	});

	test('name the old path of what moved', (t) => {
		const shown = explore(pair, { columns: 60, rows: 30 }).press('j', 'j', 'j', 'j', 'j', 'j', 'j');
		t.assert.equal(
			shown.screen().some((row) => row.startsWith(' moved from /srv/old-name.txt')),
			true,
		);
	});

	test('have the whole path, however long it is', async (t) => {
		const long = `${'d'.repeat(90)}/${'e'.repeat(90)}/${'f'.repeat(90)}`;
		const opened = await openPair(
			{ layers: [[directory('x')]] },
			{ layers: [[directory('x'), file(long, '1')]] },
		);
		const shown = explore(opened, { columns: 60, rows: 40 }).press('right', 'right', 'right', 'right', 'tab');
		const text = shown
			.screen()
			.slice(-15, -2)
			.map((row) => row.replace(/[▲▼│┃]$/, '').trim())
			.join('');
		t.assert.equal(text.includes(`/${long}`), true);
	});
});
