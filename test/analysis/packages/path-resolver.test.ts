import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { isVisible } from '../../../source/analysis/packages/path-facts.ts';
import { PathResolver } from '../../../source/analysis/packages/path-resolver.ts';
import { pathOf } from '../../../source/filetree/paths.ts';
import { arbitraryLayers } from '../../support/archives/arbitrary-layers.ts';
import { directory, file, symlink, type TarEntry, whiteout } from '../../support/archives/tar-entry.ts';
import { loadLayers } from '../../support/load-layers.ts';
import { runs } from '../../support/runs.ts';

/** Finds paths in an image of these layers; gives where they lead. */
async function finder(...layers: readonly (readonly TarEntry[])[]): Promise<(path: string) => string | null> {
	const { tree } = await loadLayers(layers);
	const resolver = new PathResolver(tree);
	return (path) => {
		const node = resolver.find(path);
		return node === null ? null : pathOf(tree, node);
	};
}

describe('a path in the final file system', () => {
	test('leads through a symlink to a directory, relative or absolute', async () => {
		const find = await finder([
			symlink('lib', 'usr/lib'),
			symlink('sbin', '/usr/sbin'),
			symlink('usr/lib/deep', '../sbin'),
			file('usr/lib/a'),
			file('usr/sbin/b'),
		]);
		assert.deepEqual(['lib/a', 'sbin/b', 'lib/deep/b'].map(find), ['usr/lib/a', 'usr/sbin/b', 'usr/sbin/b']);
	});

	test('is not followed itself', async () => {
		const find = await finder([
			symlink('usr/bin/sh', 'dash'),
			file('usr/bin/dash'),
			symlink('bin', 'usr/bin'),
		]);
		assert.deepEqual(['bin/sh', 'bin'].map(find), ['usr/bin/sh', 'bin']);
	});

	test('goes up with .., from where a link has led, and never above the root', async () => {
		const find = await finder([
			symlink('a/link', '/x/y'),
			directory('x/y/'),
			file('x/f'),
			file('f'),
			symlink('top', '../../..'),
		]);
		assert.deepEqual(['a/link/../f', '../../f', 'top/f', 'a/../f'].map(find), ['x/f', 'f', 'f', 'f']);
	});

	test('ends in no circle of links', async () => {
		const links = Array.from({ length: 60 }, (_, index) => symlink(`l${index}`, `l${index + 1}`));
		const find = await finder([
			symlink('a', 'b'),
			symlink('b', 'a'),
			symlink('self', 'self/self'),
			symlink('up', './up/../up'),
			...links,
			symlink('l60', 'real'),
			file('real/f'),
		]);
		assert.deepEqual(['a/f', 'self/f', 'up/f', 'l0/f'].map(find), [null, null, null, null]);
		assert.equal(find('l40/f'), 'real/f');
	});

	test('finds the same whichever path was asked for before', async () => {
		const links = Array.from({ length: 60 }, (_, index) => symlink(`l${index}`, `l${index + 1}`));
		const layer = [...links, symlink('l60', 'real'), file('real/f')];
		const asked = Array.from({ length: 60 }, (_, index) => `l${index}/f`);
		const upwards = await finder(layer);
		const downwards = await finder(layer);
		assert.deepEqual(asked.map(upwards), asked.toReversed().map(downwards).toReversed());
	});

	test('takes a chain of 50,000 links, and targets of all lengths', async () => {
		const links = Array.from({ length: 50_000 }, (_, index) =>
			symlink(`l${index}`, `./${'./'.repeat(40)}l${index + 1}`),
		);
		const find = await finder([
			...links,
			symlink('l50000', 'real'),
			file('real/f'),
			symlink('long', `${'real/../'.repeat(600)}real`),
			symlink('deep', `${'real/../'.repeat(500)}real`),
		]);
		assert.deepEqual(['l0/f', 'l49960/f', 'l49961/f', 'long/f', 'deep/f'].map(find), [
			null,
			null,
			'real/f',
			null,
			'real/f',
		]);
	});

	test('does not lead through what is no directory, through nothing, or to what a layer removed', async () => {
		const find = await finder([file('f'), file('gone/f'), symlink('nowhere', 'x/y')], [whiteout('gone/f')]);
		assert.deepEqual(['f/g', 'x/f', 'nowhere/f', 'gone/f', 'gone'].map(find), [
			null,
			null,
			null,
			null,
			'gone',
		]);
	});

	test('may be longer than any system takes, or nothing, and is then not found', async () => {
		const find = await finder([file('f')]);
		assert.deepEqual([`${'a/../'.repeat(2000)}f`, '', '/', '.'].map(find), [null, null, null, null]);
	});

	test('of the tree leads to its own node', async () => {
		await fc.assert(
			fc.asyncProperty(arbitraryLayers, async (layers) => {
				const { tree } = await loadLayers(layers);
				const resolver = new PathResolver(tree);
				for (let node = 1; node < tree.nodeCount; node++) {
					if (isVisible(tree, node)) assert.equal(resolver.find(pathOf(tree, node)), node);
				}
			}),
			{ numRuns: runs(300) },
		);
	});
});
