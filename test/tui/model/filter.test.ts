import { describe, test } from 'node:test';
import { directory, file, whiteout } from '../../support/archives/tar-entry.ts';
import { explore, exploreByName, openLayers } from '../support/scenario.ts';

const image = await openLayers(
	[
		directory('etc'),
		file('etc/passwd'),
		directory('etc/ssl'),
		file('etc/ssl/README'),
		directory('etc/ssl/certs'),
		file('etc/ssl/certs/a.pem'),
		file('etc/ssl/certs/b.pem'),
		directory('usr'),
		directory('usr/lib'),
		file('usr/lib/libssl.so'),
		file('usr/lib/Über.txt'),
		file(Buffer.from('usr/lib/caf\xe9', 'latin1')),
	],
	[whiteout('usr/lib/libssl.so')],
);
const files = exploreByName(image).press('enter');

describe('the filter', () => {
	test('shows as one types what matches, with the directories above and all that is in a match', (t) => {
		t.assert.deepEqual(files.press('/').type('ssl').tree(), [
			'❯A ▾ etc',
			' A   ▾ ssl',
			' A       README',
			' A     ▾ certs',
			' A         a.pem',
			' A         b.pem',
			' A ▾ usr',
			' A   ▾ lib',
			' A       libssl.so',
		]);
		t.assert.deepEqual(files.press('/').type('sslx').tree(), []);
		t.assert.deepEqual(files.press('/').type('sslx').press('backspace').tree().length, 9);
	});

	test('goes by the whole path', (t) => {
		t.assert.deepEqual(files.press('/').type('ssl/c').tree(), [
			'❯A ▾ etc',
			' A   ▾ ssl',
			' A     ▾ certs',
			' A         a.pem',
			' A         b.pem',
		]);
		t.assert.deepEqual(files.press('/').type('/usr/lib/lib').tree(), [
			'❯A ▾ usr',
			' A   ▾ lib',
			' A       libssl.so',
		]);
		t.assert.deepEqual(files.press('/').type('/ssl.so').tree(), []);
	});

	test('finds both cases unless one asks for upper case', (t) => {
		const last = (text: string) => files.press('/').type(text).tree().at(-1);
		t.assert.equal(last('readme'), ' A       README');
		t.assert.equal(last('README'), ' A       README');
		t.assert.equal(last('ReadMe'), undefined);
		t.assert.equal(last('über'), ' A       Über.txt');
	});

	test('finds names that are not UTF-8 as they are shown', (t) => {
		t.assert.equal(files.press('/').type('caf\\xE9').tree().at(-1), ' A       caf\\xE9');
		t.assert.equal(files.press('/').type('caf\\xe9').tree().at(-1), ' A       caf\\xE9');
	});

	test('says how much it found', (t) => {
		t.assert.match(files.press('/').type('pem').footer()[0], /^ \/pem +2 found$/);
	});

	test('is cleared by Esc, while typing and later', (t) => {
		t.assert.deepEqual(files.press('/').type('pem').press('escape').tree(), files.tree());
		const kept = files.press('/').type('pem').press('enter');
		t.assert.match(kept.title(), /filter pem/);
		t.assert.deepEqual(kept.press('escape').tree(), files.tree());
	});

	test('stays for other layers, where it shows what is there', (t) => {
		const kept = files.press('/').type('.so').press('enter', 'shift-tab', 'j');
		t.assert.deepEqual(kept.tree(), [' · ▾ usr/lib', '›D     libssl.so']);
		t.assert.deepEqual(kept.press('a', 'a').tree(), []);
	});

	test('that is none is not kept: what is wrong is said, and it is mended where it is', (t) => {
		const refused = files.press('/').type('kind:modified').press('enter');
		t.assert.match(refused.footer()[0], /This is no usable filter: kind: needs added, changed, /);
		const mended = refused.press('ctrl-w').type('pem').press('enter');
		t.assert.match(mended.title(), /filter pem/);
		const small = explore(image, { columns: 60, rows: 15 }).press('enter', '/').type('kind:modified');
		t.assert.match(small.footer()[0], /^ \/kind:modified +no usable filter: kind: needs added/);
	});

	test('that is none has the whole reason, where one line is too short for it', (t) => {
		const small = explore(image, { columns: 60, rows: 15 }).press('enter', '/').type('kind:modified');
		t.assert.deepEqual(small.press('enter').footer(), [
			' This is no usable filter: kind: needs added, changed,',
			' content, metadata, identical or removed.',
		]);
		t.assert.match(small.press('enter', 'backspace').footer()[1], /^ Enter keep/);
	});

	test('is left for the matches of the next layer one by one, as they are sorted there, and back', async (t) => {
		const layers = await openLayers(
			[file('a.txt')],
			[file('b.txt'), file('y.txt', 'large'), file('z.txt', 'the largest')],
		);
		const keys = ['n', 'n', 'n', 'N', 'N', 'N'];
		let scenario = explore(layers).press('enter', '/').type('txt').press('enter');
		const places = [scenario, ...keys.map((key) => (scenario = scenario.press(key)))];
		t.assert.deepEqual(
			places.map(({ footer }) => footer()[0].trim().split(' ')[0]),
			['/a.txt', '/z.txt', '/y.txt', '/b.txt', '/y.txt', '/z.txt', '/a.txt'],
		);
	});

	test('is edited where one left it', (t) => {
		const again = files.press('/').type('pem').press('enter', '/').type('x');
		t.assert.match(again.footer()[0], /^ \/pemx/);
	});

	test('takes every character as text, and arrows to move in what it found', (t) => {
		const typing = files.press('/').type('q?a sj');
		t.assert.equal(typing.layersState.filter.text, 'q?a sj');
		t.assert.equal(files.press('/').type('pem').press('down', 'down').tree()[2], '❯A     ▾ certs');
	});

	test('leaves what was open and closed as it was before', (t) => {
		const closed = files.press('/').type('pem').press('enter', 'g', 'space');
		t.assert.deepEqual(closed.tree(), ['❯A ▸ etc']);
		t.assert.deepEqual(closed.press('escape').tree(), files.tree());
	});
});

describe('a filter that starts with ~', () => {
	test('is a regular expression on the path', (t) => {
		t.assert.deepEqual(files.press('/').type('~^/etc/[^/]*$').tree(), [
			'❯A ▾ etc',
			' A     passwd',
			' A   ▾ ssl',
			' A       README',
			' A     ▾ certs',
			' A         a.pem',
			' A         b.pem',
		]);
		t.assert.equal(files.press('/').type('~[ab]\\.pem$').tree().length, 5);
	});

	test('finds both cases unless a letter is upper case', (t) => {
		t.assert.equal(files.press('/').type('~^.*readme').tree().length, 3);
		t.assert.equal(files.press('/').type('~Readme').tree().length, 0);
		t.assert.equal(files.press('/').type('~read\\S+').tree().length, 3);
	});

	test('that is not finished says so, and shows everything', (t) => {
		const typing = files.press('/').type('~(pem');
		t.assert.match(typing.footer()[0], /^ \/~\(pem +no usable filter: unmatched \($/);
		t.assert.deepEqual(typing.tree(), files.tree());
	});
});
