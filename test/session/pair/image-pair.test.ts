import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { noCache } from '../../../source/cache/layer-cache.ts';
import type { ImageDifference } from '../../../source/diff/image-difference.ts';
import { differenceKinds } from '../../../source/diff/listing/file-differences.ts';
import { pathOf } from '../../../source/filetree/paths.ts';
import type { ImageSession } from '../../../source/session/image-session.ts';
import { compareImages } from '../../../source/session/pair/image-pair.ts';
import {
	directory,
	file,
	hardLink,
	symlink,
	type TarEntry,
	whiteout,
} from '../../support/archives/tar-entry.ts';
import { dockerArchive, ociArchive } from '../../support/archives/write-archive.ts';
import { type LoadOptions, loadImage } from '../../support/load-image.ts';
import { fromStream } from '../../support/load-layers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

type Layers = readonly (readonly TarEntry[])[];

/** Small and large files: the two kinds have identities of different kinds. */
const large = (letter: string) => letter.repeat(10_000);

const older: Layers = [
	[
		file('same', large('s')),
		file('small', 'a'),
		file('large', large('a')),
		file('grown', 'x'),
		file('owner', large('o')),
		file('xattr', 'x', { xattrs: { 'user.a': '1' } }),
		file('gone', 'only here'),
		symlink('link', 'small'),
		file('becomes-link', 'text'),
		directory('empty'),
		file('lib/old/one', large('1')),
		file('lib/old/two', large('2')),
		symlink('lib/old/three', 'two'),
		file('renamed', large('r')),
	],
	[whiteout('gone-before')],
];
const newer: Layers = [
	[
		file('same', large('s')),
		file('small', 'b'),
		file('large', large('b')),
		file('grown', 'xx'),
		file('owner', large('o'), { uid: 1000, mode: 0o600 }),
		file('xattr', 'x', { xattrs: { 'user.a': '2' } }),
		file('added', 'here'),
		symlink('link', 'large'),
		symlink('becomes-link', 'small'),
		directory('empty', { mode: 0o700 }),
		file('lib/new/one', large('1')),
		file('lib/new/two', large('2')),
		symlink('lib/new/three', 'two'),
		file('moved/renamed', large('r')),
		hardLink('second-name', 'same'),
	],
];

/** `kind path`, and where it moved from. */
function rowsOf({ files, tree, moves }: ImageDifference): readonly string[] {
	return Array.from(files.nodes, (node, index) => {
		const kind = differenceKinds[files.kinds[index]];
		return `${kind} ${pathOf(tree, node)}${kind === 'moved' ? ` from ${pathOf(tree, moves.movedFrom[node])}` : ''}`;
	});
}

const expected = [
	'added added',
	'type becomes-link',
	'metadata empty',
	'removed gone',
	'content grown',
	'content large',
	'moved lib/new from lib/old',
	'content link',
	'moved moved/renamed from renamed',
	'metadata owner',
	'added second-name',
	'content small',
	'metadata xattr',
];

type Way = (t: TestContext, layers: Layers, options: LoadOptions) => Promise<ImageSession>;

const ways: Readonly<Record<string, Way>> = {
	'a plain archive': (t, layers, options) => fromFile(t, dockerArchive([{ layers }]), options),
	'an archive with gzip layers': (t, layers, options) =>
		fromFile(t, ociArchive([{ layers }], 'gzip'), options),
	'a stream': (_, layers, options) => fromStream(dockerArchive([{ layers }]), { ...options, digests: true }),
};

/** Contents may still have to be read when the image is open. */
async function fromFile(t: TestContext, archive: Uint8Array, options: LoadOptions): Promise<ImageSession> {
	const path = join(await temporaryFolder(t), 'image.tar');
	await writeFile(path, archive);
	return loadImage(path, options);
}

describe('the difference between two images', () => {
	for (const [oldName, oldWay] of Object.entries(ways)) {
		for (const [newName, newWay] of Object.entries(ways)) {
			test(`is the same from ${oldName} to ${newName}`, async (t) => {
				const cache = noCache();
				const images = [await oldWay(t, older, { cache }), await newWay(t, newer, { cache })] as const;
				t.assert.deepEqual(rowsOf(await compareImages(images)), expected);
			});
		}
	}

	test('does not rest on identities under different keys', async (t) => {
		const gzip = ways['an archive with gzip layers'];
		const images = [await gzip(t, older, {}), await gzip(t, newer, {})] as const;
		t.assert.deepEqual(rowsOf(await compareImages(images)), expected);
	});
});
