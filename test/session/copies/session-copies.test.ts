import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Copies } from '../../../source/analysis/copies/copies.ts';
import { pathOf } from '../../../source/filetree/paths.ts';
import { SessionCopies } from '../../../source/session/copies/session-copies.ts';
import type { ImageSession } from '../../../source/session/image-session.ts';
import { directory, file, hardLink } from '../../support/archives/tar-entry.ts';
import { dockerArchive } from '../../support/archives/write-archive.ts';
import { cacheIn } from '../../support/disk-cache.ts';
import { loadImage } from '../../support/load-image.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const [large, other] = [randomBytes(300_000), randomBytes(200_000)];
const layers = [
	[directory('a'), file('a/one', large), hardLink('a/again', 'a/one'), file('a/two', other)],
	[
		directory('b'),
		file('b/one', large),
		hardLink('b/again', 'b/one'),
		file('b/two', other),
		file('c', other),
	],
];

function described({ tree }: ImageSession, { groups, ...rest }: Copies): readonly unknown[] {
	const rows = groups.slice(0, groups.length + 1);
	assert.deepEqual(rows, [...groups]);
	return [
		rest,
		...rows.map((row) => ({ ...row, nodes: Array.from(row.nodes, (node) => pathOf(tree, node)) })),
	];
}

const expected = [
	{ fromBytes: 1, savedBytes: 700_000, unreadLayers: [], unknownFiles: 0 },
	{ type: 'folder', nodes: ['a', 'b'], files: 3, copyBytes: 500_000, savedBytes: 500_000 },
	{ type: 'file', nodes: ['a/two', 'c'], files: 1, copyBytes: 200_000, savedBytes: 200_000 },
];

describe('copies', () => {
	test('out of the cache are the same, and nothing is read for them', async (t) => {
		const folder = await temporaryFolder(t);
		const path = join(folder, 'image.tar');
		await writeFile(path, dockerArchive([{ layers }]));
		const session = await loadImage(path);
		t.after(() => session.close());
		const { tree, contents } = session;
		const address = { key: 'image', layerKeys: null, isCurrent: () => true };
		const input = () => ({
			tree,
			contents,
			closedLayers: new Set<number>(),
			cache: cacheIn(folder),
			address,
		});
		assert.deepEqual(described(session, await new SessionCopies(input()).ask(1)), expected);
		t.mock.method(contents, 'digests', () => assert.fail('it reads contents'));
		assert.deepEqual(described(session, await new SessionCopies(input()).ask(1)), expected);
		await assert.rejects(new SessionCopies(input()).ask(2), /it reads contents/);
	});

	test('are not kept where some of them are not known', async (t) => {
		const folder = await temporaryFolder(t);
		const path = join(folder, 'image.tar');
		await writeFile(path, dockerArchive([{ layers }]));
		const session = await loadImage(path);
		t.after(() => session.close());
		const { tree, contents } = session;
		const address = { key: 'image', layerKeys: null, isCurrent: () => true };
		const copiesWithout = (closed: readonly number[]) =>
			new SessionCopies({
				tree,
				contents,
				closedLayers: new Set(closed),
				cache: cacheIn(folder),
				address,
			}).ask(1);
		assert.deepEqual((await copiesWithout([1])).unreadLayers, [1]);
		assert.deepEqual(described(session, await copiesWithout([])), expected);
	});
});
