import { test } from 'node:test';
import type { ImageSession } from '../../source/session/image-session.ts';
import { file, hardLink, type TarEntry } from '../support/archives/tar-entry.ts';
import { waysOfReading } from '../support/load-layers.ts';
import { changesOfLayer } from '../support/tree-view.ts';

/** Longer than any window through which content is read. */
const size = 700_000;

/** Content of `size` bytes of which only one differs from those of another seed, near the start or at the end. */
function content(seed: string, at: 'start' | 'end' = 'end'): Uint8Array {
	const bytes = Buffer.alloc(size, 'content ');
	bytes.write(seed, at === 'start' ? 10 : size - 1);
	return bytes;
}

/** `path kind` of each change in the top layer. */
const topChanges = ({ tree }: ImageSession) =>
	[...changesOfLayer(tree, tree.layerCount - 1)].map(([path, kind]) => `${path} ${kind}`).sort();

const images: Readonly<
	Record<string, { layers: readonly (readonly TarEntry[])[]; changes: readonly string[] }>
> = {
	'large files are the same when all their bytes are': {
		layers: [
			[file('same', content('a')), file('end', content('a')), file('start', content('a', 'start'))],
			[file('same', content('a')), file('end', content('b')), file('start', content('b', 'start'))],
		],
		changes: ['end content', 'same identical', 'start content'],
	},
	'a file that was changed and changed back is told from the one between': {
		layers: [[file('a', content('a'))], [file('a', content('b'))], [file('a', content('a'))]],
		changes: ['a content'],
	},
	'a name may become a link to another large file of its own layer': {
		layers: [
			[file('a', content('a')), file('b', content('b')), file('c', content('a'))],
			[hardLink('a', 'b'), hardLink('c', 'a')],
		],
		changes: ['a content', 'c content'],
	},
	'a name may become a link to a file below that has the same content': {
		layers: [[file('a', content('a')), file('c', content('a'))], [hardLink('c', 'a')]],
		changes: ['c identical'],
	},
	'one inode may be the same as before at one name, and another at a second': {
		layers: [
			[file('p', content('a')), file('q', content('b'))],
			[file('p', content('a')), hardLink('q', 'p')],
		],
		changes: ['p identical', 'q content'],
	},
	'a layer may come twice': {
		layers: [
			[file('a', content('a'))],
			[file('a', content('b'))],
			[file('a', content('a'))],
			[file('a', content('b'))],
			[file('a', content('b'))],
		],
		changes: ['a identical'],
	},
};

for (const [name, { layers, changes }] of Object.entries(images)) {
	test(`${name}, whichever way the image is read`, async (t) => {
		for (const [way, load] of Object.entries(waysOfReading)) {
			t.assert.deepEqual(topChanges(await load(layers)), changes, way);
		}
	});
}
