import { describe, test } from 'node:test';
import { copiesText } from '../../../source/report/text/contents/copies.ts';
import { plain } from '../../../source/text/paint.ts';
import { file, type TarEntry } from '../../support/archives/tar-entry.ts';
import { loadLayers } from '../../support/load-layers.ts';

async function textOf(entries: readonly TarEntry[], width: number | null = null): Promise<readonly string[]> {
	let lines: readonly string[] = [];
	await loadLayers([entries], async ({ tree, copies }) => {
		lines = copiesText({ tree, copies: await copies.ask(4000) }, { width, paint: plain });
	});
	return lines;
}

const [small, large] = ['x'.repeat(4000), 'y'.repeat(10_000)];

describe('the copies in the text report', () => {
	test('have a row for each group, and a line for each path', async (t) => {
		const entries = [
			...['a/x', 'b/x', 'c/x'].map((path) => file(path, small)),
			...['a/y', 'b/y', 'c/z'].map((path) => file(path, large)),
		];
		t.assert.deepEqual(await textOf(entries), [
			'Copies',
			'  28 kB would go if each file and folder of 4 kB or more were there once.',
			'  saves  copies   each  files  path',
			'  14 kB       2  14 kB      2  /a/',
			'                               /b/',
			'  10 kB       2  10 kB         /a/y',
			'                               /c/z',
			'   4 kB       2   4 kB         /a/x',
			'                               /c/x',
		]);
	});

	test('are cut where there are many', async (t) => {
		const paths = Array.from({ length: 5 }, (_, index) => `x${index}`);
		const groups = Array.from({ length: 12 }, (_, group) => {
			const content = String.fromCharCode(97 + group).repeat(5000 - group);
			return ['1', '2'].map((copy) => file(`${copy}/${group}`, content));
		});
		const lines = await textOf([
			...paths.map((path) => file(path, large)),
			...groups.flat(),
			file('1/only', 'x'),
		]);
		t.assert.deepEqual(lines.slice(3, 7), [
			'    40 kB       5    10 kB         /x0',
			'                                   /x1',
			'                                   /x2',
			'                                   and 2 more',
		]);
		t.assert.equal(lines.at(-1), '  and 3 more; the JSON report lists all of them');
	});

	test('escape what a terminal would obey, and fit its width', async (t) => {
		const lines = await textOf([file('\u001b[31mred', large), file(`${'long/'.repeat(30)}x`, large)], 60);
		t.assert.equal(lines.join('').includes('\u001b'), false);
		t.assert.deepEqual(
			lines.slice(2).filter((line) => line.length > 60),
			[],
		);
	});

	test('say that there are none', async (t) => {
		t.assert.deepEqual(await textOf([file('a', small), file('b', large)]), [
			'Copies',
			'  No file or folder of 4 kB or more is there twice.',
		]);
	});

	test('say of which layers nothing is known', async (t) => {
		const { tree, copies } = await loadLayers([[]]);
		const unread = { ...(await copies.ask(1)), unreadLayers: [0, 2] };
		const lines = copiesText({ tree, copies: unread }, { width: null, paint: plain });
		t.assert.equal(
			lines.at(-1),
			'  The contents of layers 1 and 3 were not read, so copies there are not known.',
		);
	});
});
