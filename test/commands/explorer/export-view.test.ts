import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { exportView } from '../../../source/commands/explorer/export/export-view.ts';
import { directory, file, whiteout } from '../../support/archives/tar-entry.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { openWithDetails } from '../../tui/support/known-details.ts';
import { openPair } from '../../tui/support/open-pair.ts';
import { explore, type Scenario } from '../../tui/support/scenario.ts';

const ESCAPE = '\u001B[31m';
const image = await openWithDetails({
	names: ['registry.example/shop/orders:1.8'],
	layers: [
		[
			directory('srv'),
			file('srv/=cmd()', 'x'.repeat(6000)),
			file(`srv/evil${ESCAPE}"a",b`, 'y'.repeat(7000)),
			file('srv/copy', 'y'.repeat(7000)),
			file('srv/node_modules/=left/package.json', JSON.stringify({ name: '=left', version: '1.0.0' })),
		],
		[whiteout('srv/=cmd()')],
	],
	config: { history: [{ created_by: `COPY ${ESCAPE}\n. .` }, { created_by: 'RUN rm' }] },
});
const pair = await openPair(
	{ layers: [[file('a', 'a'.repeat(1000)), file('b', 'b')]] },
	{ layers: [[file('a', 'a'.repeat(3000)), file('c', 'c')]] },
);
const size = { columns: 100, rows: 30 };

interface Exported {
	readonly folder: string;
	readonly said: string;
	readonly text: string;
}

/** Exports a view under a name, as the program does what the screen asks for. */
async function exported(t: TestContext, view: Scenario, name: string): Promise<Exported> {
	const folder = await temporaryFolder(t);
	const said = await written(view, join(folder, name));
	return { folder, said: said.message, text: await readFile(join(folder, name), 'utf8').catch(() => '') };
}

async function written(view: Scenario, path: string, replaces = false) {
	const asked = view.press('e', 'ctrl-u').type(path).press('enter').state.effects;
	for (const effect of asked) {
		if (effect.type !== 'request' || effect.kind !== 'export-view') continue;
		return exportView({ ...effect.ask, replaces }, '/', new AbortController().signal);
	}
	throw new Error('Nothing was asked for.');
}

describe('e', () => {
	test('asks for a file, with a name after the image and the view', (t) => {
		const screen = (scenario: Scenario) => scenario.press('e').screen().join('\n');
		t.assert.match(screen(explore(image, size).press('2')), /File to write: orders-findings\.csv/);
		t.assert.match(screen(explore(image, size)), /File to write: orders-layers\.csv/);
		t.assert.match(screen(explore(pair, size)), /File to write: old-new-files\.csv/);
	});

	test('has in the name both of two images, and their tags where those tell them apart', (t) => {
		const [older, newer] = pair.images;
		const named = (one: string, other: string) => {
			const images = [
				{ ...older, reference: one },
				{ ...newer, reference: other },
			] as const;
			const [, name] =
				/File to write: (\S+)/.exec(
					explore({ ...pair, images }, size)
						.press('e')
						.screen()[1],
				) ?? [];
			return name;
		};
		t.assert.equal(named('registry.example/shop/orders:1', 'web.tar'), 'orders-web-files.csv');
		t.assert.equal(named('shop/orders:1.8', 'shop/orders:1.9'), 'orders-1.8-orders-1.9-files.csv');
		t.assert.equal(named('a/app.tar', 'b/app/'), 'app-files.csv');
		t.assert.equal(named('../..', `x/${ESCAPE}; rm -rf $HOME`), 'image-31m-rm--rf-HOME-files.csv');
	});

	test('writes files as CSV, in which nothing is a formula and nothing controls a terminal', async (t) => {
		const { text, said } = await exported(t, explore(image, size).press('tab', '='), 'files.csv');
		t.assert.match(said, /^Wrote \d+ rows to .*files\.csv\.$/);
		const [head, ...rows] = text.split('\r\n');
		t.assert.equal(head, 'change,shippedBytes,lostBytes,afterBytes,type,mode,owner,path,target');
		t.assert.equal(
			rows.some((row) => row.startsWith('added,7000,0,7000,file,0644,0:0,"/srv/evil\\x1B[31m""a"",b",')),
			true,
		);
		t.assert.equal(text.includes(ESCAPE), false);
		const packages = await exported(t, explore(image, size).press('4'), 'packages.csv');
		t.assert.match(packages.text, /\r\nnpm,'=left,1\.0\.0,/);
	});

	test('writes what a filter shows, in the order shown', async (t) => {
		const view = explore(image, size).press('tab', '/').type('evil').press('enter');
		const { text } = await exported(t, view, 'files.csv');
		t.assert.equal(text.trim().split('\r\n').length, 3);
	});

	test('writes text whose columns line up', async (t) => {
		const { text } = await exported(t, explore(image, size).press('5'), 'deleted.txt');
		const [head, first] = text.split('\n');
		t.assert.match(head, /^bytes {2}shippedIn {2}removedIn {2}state +kind +path$/);
		t.assert.match(first, /^ 6000 +1 +2 {2}removed +\/srv\/=cmd\(\)$/);
	});

	for (const [key, name, row] of [
		['2', 'findings', 'code'],
		['3', 'copies', 'copyBytes'],
		['4', 'packages', 'purl'],
		['5', 'deleted', 'removedBy'],
	] as const)
		test(`writes ${name} as JSON as the report has them`, async (t) => {
			const { text } = await exported(t, explore(image, size).press(key), `${name}.json`);
			const value = JSON.parse(text)[name];
			const rows = value.list ?? value.groups ?? value;
			t.assert.equal(rows.length > 0, true);
			t.assert.equal(row in rows[0], true);
			t.assert.equal(text.includes('\u001B'), false);
		});

	test('writes any other view as JSON, a row an object', async (t) => {
		const { text } = await exported(t, explore(image, size), 'layers.json');
		const [layer] = JSON.parse(text).layers;
		t.assert.deepEqual([layer.layer, layer.instruction], [1, 'COPY \\x1B[31m . .']);
		for (const key of ['1', '2', '3', '4', '5', '6'])
			for (const ending of ['csv', 'txt', 'json'])
				t.assert.notEqual((await exported(t, explore(pair, size).press(key), `a.${ending}`)).text, '');
	});

	test('asks before it replaces a file, and leaves nothing else behind', async (t) => {
		const folder = await temporaryFolder(t);
		const path = join(folder, 'a.csv');
		await writeFile(path, 'mine');
		t.assert.deepEqual(await written(explore(image, size), path), {
			kind: 'exists',
			message: `${path} is there already.`,
		});
		t.assert.equal(await readFile(path, 'utf8'), 'mine');
		t.assert.equal((await written(explore(image, size), path, true)).kind, 'done');
		t.assert.deepEqual(await readdir(folder), ['a.csv']);
	});

	test('says what to do where it cannot write', async (t) => {
		t.assert.match(
			(await exported(t, explore(image, size), 'a.xlsx')).said,
			/has to end in \.csv, \.json or \.txt/,
		);
		const missing = await written(explore(image, size), '/nowhere-at-all/a.csv');
		t.assert.equal(missing.kind, 'refused');
		t.assert.match(missing.message, /\/nowhere-at-all\/a\.csv cannot be written/);
	});

	test('is in the palette by its name', (t) => {
		t.assert.match(
			explore(image, size).press(':').type('export').screen().join('\n'),
			/Export this view to a file/,
		);
	});
});
