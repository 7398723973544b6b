import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Copies } from '../../../source/analysis/copies/copies.ts';
import type { ImageSession } from '../../../source/session/image-session.ts';
import { arbitraryLayers } from '../../support/archives/arbitrary-layers.ts';
import {
	directory,
	file,
	hardLink,
	symlink,
	type TarEntry,
	whiteout,
} from '../../support/archives/tar-entry.ts';
import { loadLayers, waysOfReading } from '../../support/load-layers.ts';
import { type PlainState, stackPlainly } from '../../support/plain/plain-model.ts';
import { rawPath } from '../../support/tree-view.ts';

type Layers = readonly (readonly TarEntry[])[];

/** `SAVED: PATHS` of each group; a folder ends with a slash. */
function groupsOf({ tree }: Pick<ImageSession, 'tree'>, { groups }: Copies): readonly string[] {
	return [...groups].map(({ type, nodes, savedBytes }) => {
		const paths = [...nodes].map((node) => `${rawPath(tree, node)}${type === 'folder' ? '/' : ''}`);
		return `${savedBytes}: ${paths.join(' ')}`;
	});
}

async function copiesOf(layers: Layers, fromBytes = 1): Promise<readonly string[]> {
	let groups: readonly string[] = [];
	await loadLayers(layers, async (session) => {
		groups = groupsOf(session, await session.copies.ask(fromBytes));
		await session.close();
	});
	return groups;
}

describe('the copies in an image', () => {
	test('are files with the same content, the greatest saving first', async (t) => {
		const layers = [
			[file('a', 'xxxx'), file('b', 'yyyyyy'), file('c', 'xxxx'), file('d', 'xxzx')],
			[file('e', 'xxxx'), file('f', 'yyyyyy')],
		];
		t.assert.deepEqual(await copiesOf(layers), ['8: a c e', '6: b f']);
	});

	test('are of the final file system only', async (t) => {
		const layers = [
			[file('a', 'xx'), file('b', 'xx'), file('c', 'zz'), file('d', 'yy')],
			[whiteout('a'), file('c', 'yy')],
		];
		t.assert.deepEqual(await copiesOf(layers), ['2: c d']);
	});

	test('are not hard links', async (t) => {
		const layers = [
			[file('a', 'xx'), hardLink('b', 'a')],
			[hardLink('c', 'a'), file('d', 'xx')],
		];
		t.assert.deepEqual(await copiesOf(layers), ['2: a d']);
	});

	test('are whole folders where all that is in them is the same', async (t) => {
		const folder = (name: string) => [
			directory(name),
			file(`${name}/one`, 'xx'),
			file(`${name}/sub/two`, 'yyy'),
			file(`${name}/sub/empty`),
			directory(`${name}/nothing`),
			symlink(`${name}/link`, 'one'),
		];
		t.assert.deepEqual(await copiesOf([folder('a'), folder('z/b')]), ['5: a/ z/b/']);
		const [, , , , , otherLink] = [...folder('z/b').slice(0, 5), symlink('z/b/link', 'two')];
		t.assert.deepEqual(await copiesOf([folder('a'), [...folder('z/b'), otherLink]]), [
			'3: a/sub/ z/b/sub/',
			'2: a/one z/b/one',
		]);
	});

	test('are folders without what a later layer removed from them', async (t) => {
		const layers = [
			[file('a/x', 'xx'), file('b/x', 'xx'), file('b/a', 'zz'), file('b/y/z', 'w')],
			[whiteout('b/a'), whiteout('b/y')],
		];
		t.assert.deepEqual(await copiesOf(layers), ['2: a/ b/']);
	});

	test('list a copy that a folder has by the first of the folders', async (t) => {
		const layers = [
			[file('a/x', 'xxx'), file('a/y', 'y'), file('b/x', 'xxx'), file('b/y', 'y'), file('c', 'xxx')],
		];
		t.assert.deepEqual(await copiesOf(layers), ['4: a/ b/', '3: a/x c']);
	});

	test('save nothing twice where folders share files by hard links', async (t) => {
		const layers = [
			[
				file('a/x', 'xxx'),
				file('a/y', 'y'),
				hardLink('b/x', 'a/x'),
				file('b/y', 'y'),
				hardLink('c/x', 'a/x'),
				hardLink('c/y', 'a/y'),
			],
		];
		t.assert.deepEqual(await copiesOf(layers), ['1: a/ b/']);
	});

	test('are left out where one is smaller than asked for, but not in a folder that is large enough', async (t) => {
		const layers = [
			[file('a/x', 'xxx'), file('a/y', 'yy'), file('b/x', 'xxx'), file('b/y', 'yy'), file('c', 'xxx')],
		];
		t.assert.deepEqual(await copiesOf(layers, 4), ['5: a/ b/']);
		t.assert.deepEqual(await copiesOf(layers, 6), []);
	});

	test('say how large one copy is and how many files it has', async (t) => {
		const layers = [
			[
				file('a/x', 'xxx'),
				hardLink('a/y', 'a/x'),
				symlink('a/z', 'x'),
				file('b/x', 'xxx'),
				hardLink('b/y', 'b/x'),
				symlink('b/z', 'x'),
			],
		];
		await loadLayers(layers, async (session) => {
			const { groups, savedBytes } = await session.copies.ask(1);
			t.assert.deepEqual(
				[...groups].map((group) => [group.files, group.copyBytes, group.savedBytes]),
				[[3, 3, 3]],
			);
			t.assert.equal(savedBytes, 3);
		});
	});

	const large = [
		[file('a', 'x'.repeat(5000)), file('b', 'y'.repeat(5000)), file('s/a', 'xy'), file('t/a', 'xy')],
		[file('c', 'x'.repeat(5000)), hardLink('d', 'b')],
	];
	for (const [way, load] of Object.entries(waysOfReading)) {
		test(`are the same in a ${way}`, async (t) => {
			await load(large, async (session) => {
				const copies = await session.copies.ask(1);
				t.assert.deepEqual(groupsOf(session, copies), ['5000: a c', '2: s/ t/']);
				t.assert.deepEqual([copies.unreadLayers, copies.unknownFiles], [[], 0]);
			});
		});
	}

	test('save each content as often as a plain count says, and no byte twice', async () => {
		await fc.assert(
			fc.asyncProperty(arbitraryLayers, async (layers) => {
				const state = stackPlainly(layers).at(-1)?.after ?? new Map();
				await loadLayers(layers, async (session) => {
					const { savedBytes, groups } = await session.copies.ask(1);
					const saved = [...groups].map((group) => group.savedBytes);
					assert.equal(savedBytes, plainSaving(state));
					assert.equal(
						saved.reduce((sum, bytes) => sum + bytes, 0),
						savedBytes,
					);
					assert.ok(savedBytes <= session.figures.liveBytes);
					for (const { nodes } of groups) {
						const texts = [...nodes].map((node) => plainText(state, rawPath(session.tree, node)));
						assert.equal(new Set(texts).size, 1);
					}
				});
			}),
		);
	});
});

/** What would go if each content were there once. */
function plainSaving(state: PlainState): number {
	const inodes = new Map<string, Set<unknown>>();
	for (const { inode } of state.values()) {
		if (inode === null) continue;
		const same = inodes.get(inode.content) ?? new Set();
		inodes.set(inode.content, same.add(inode));
	}
	return [...inodes].reduce((sum, [content, same]) => sum + (same.size - 1) * content.length, 0);
}

/** All that a path has, as text. */
function plainText(state: PlainState, path: string): string {
	const below = [...state].filter(([name]) => name === path || name.startsWith(`${path}/`));
	return below
		.map(([name, { type, inode, target }]) =>
			[name.slice(path.length), type, inode?.content, target].join(' '),
		)
		.sort()
		.join('\n');
}
