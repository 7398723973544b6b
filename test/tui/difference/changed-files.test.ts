import { describe, test } from 'node:test';
import { directory, file } from '../../support/tar-entry.ts';
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
			'A opt',
			'· srv',
			'M index.html',
			'T current file → symlink, -> index.html',
			'D VERSION',
			'm README.md mode 644 → 600, uid 0 → 1000',
			'R assets from /srv/static',
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
			['  etc', '  sh -> ash'],
		);
	});

	test('are sorted by name and by new size with s, and the other way round with S', (t) => {
		const top = (scenario: Scenario) =>
			names(scenario).filter((name) => /^. (opt|srv|VERSION|index.html)$/.test(name));
		const opened = explore(pair, size);
		t.assert.deepEqual(top(opened.press('s')), ['A opt', '· srv', 'D VERSION', 'M index.html']);
		t.assert.deepEqual(top(opened.press('s', 's')), ['· srv', 'M index.html', 'D VERSION', 'A opt']);
		t.assert.match(title(opened.press('s', 's')), / new↓ /);
		t.assert.deepEqual(top(opened.press('S')), ['· srv', 'D VERSION', 'M index.html', 'A opt']);
		t.assert.match(title(opened), / delta↓ /);
		t.assert.match(title(opened.press('S')), / delta↑ /);
		t.assert.match(title(opened.press('s', 'S')), / name↑ /);
		t.assert.deepEqual(names(opened.press('s', 's', 's')), names(opened));
	});

	test('unfold and fold, and the cursor goes to the folder above', (t) => {
		const opened = explore(pair, size).press('enter', 'down');
		t.assert.equal(
			place(opened),
			' /opt/tool                                                               2 / 11',
		);
		t.assert.equal(place(opened.press('left')).trim().split(/ +/)[0], '/opt');
		t.assert.deepEqual(names(opened.press('left', 'left')), names(explore(pair, size)));
	});

	test('are filtered, and Esc brings back the place', (t) => {
		const there = explore(pair, size).press('j', 'j', 'j', 'j');
		const filtered = there.press('/').type('readme').press('enter');
		t.assert.deepEqual(names(filtered), ['· srv', 'm README.md mode 644 → 600, uid 0 → 1000']);
		t.assert.match(title(filtered), / filter readme /);
		t.assert.equal(place(filtered.press('escape')), place(there));
		const nothing = there.press('/').type('hosts').press('enter');
		t.assert.match(nothing.screen()[3], /Nothing that changed matches the filter\. c searches everything\./);
		t.assert.deepEqual(names(nothing.press('c')), ['  etc', '  hosts']);
	});

	test('say so where nothing differs', async (t) => {
		const equal = explore(await openPair(before, before), size);
		t.assert.match(equal.screen()[3], /The files do not differ\. c shows them\./);
		t.assert.equal(equal.screen()[0].startsWith('[1 Files 0]'), true);
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
