import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { ImageSession } from '../../source/session/image-session.ts';
import { arbitraryLayers } from '../support/archives/arbitrary-layers.ts';
import {
	device,
	directory,
	fifo,
	file,
	hardLink,
	symlink,
	type TarEntry,
} from '../support/archives/tar-entry.ts';
import { dockerArchive, type LayerCompression, layerTar } from '../support/archives/write-archive.ts';
import { loadImage } from '../support/load-image.ts';
import type { PlainChange } from '../support/plain/plain-figures.ts';
import {
	type PlainInode,
	type PlainNode,
	type PlainState,
	stackPlainly,
} from '../support/plain/plain-model.ts';
import { runs } from '../support/runs.ts';
import { changesOfLayer } from '../support/tree-view.ts';

/** An image, and a container of it that some more layers were applied in. */
const heldContainer = fc.record({
	layers: arbitraryLayers,
	image: fc.nat(5),
	compression: fc.constantFrom<LayerCompression>('plain', 'gzip'),
	isPacked: fc.boolean(),
});

test('what a container wrote is what differs between its file system and its image', () =>
	fc.assert(
		fc.asyncProperty(heldContainer, async ({ layers, image, compression, isPacked }) => {
			const layerCount = 1 + (image % layers.length);
			const states = stackPlainly(layers).map(({ after }) => after);
			const exported = entriesOf(states[states.length - 1]);
			const tar = layerTar(exported);
			const session = await hold({
				image: dockerArchive([{ layers: layers.slice(0, layerCount) }], compression),
				tar: isPacked ? gzipSync(tar) : tar,
			});
			const [{ after }] = stackPlainly([exported]);
			assert.deepEqual(
				new Map([...changesOfLayer(session.tree, layerCount)].sort()),
				new Map([...differences(states[layerCount - 1], after)].sort()),
			);
			await session.close();
		}),
		{ numRuns: runs(400) },
	));

async function hold({ image, tar }: Readonly<Record<'image' | 'tar', Uint8Array>>): Promise<ImageSession> {
	const folder = await mkdtemp(join(tmpdir(), 'fathom-test-'));
	try {
		await writeFile(join(folder, 'image.tar'), image);
		await writeFile(join(folder, 'web.tar'), tar);
		return await loadImage(join(folder, 'web.tar'), { over: join(folder, 'image.tar') });
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/**
 * What an engine exports of a file system: each path once, parents first, each inode under its first name. There is one path besides, as an
 * archive without any is none.
 */
function entriesOf(state: PlainState): readonly TarEntry[] {
	const names = new Map<PlainInode, string>();
	const paths = [...state.keys()].sort((one, other) =>
		Buffer.compare(Buffer.from(one, 'latin1'), Buffer.from(other, 'latin1')),
	);
	return [
		directory('proc-like/'),
		...paths.map((path) => entryOf(path, state.get(path) as PlainNode, names)),
	];
}

function entryOf(path: string, node: PlainNode, names: Map<PlainInode, string>): TarEntry {
	const { mode, uid, gid, xattrs, target, inode } = node;
	const attributes = { mode, uid, gid, xattrs: Object.fromEntries(JSON.parse(`[${xattrs}]`)) };
	switch (node.type) {
		case 'directory':
			return directory(`${path}/`, attributes);
		case 'symlink':
			// As Linux has it.
			return symlink(path, target, { ...attributes, mode: 0o777 });
		case 'fifo':
			return fifo(path, attributes);
		case 'file': {
			const first = inode && names.get(inode);
			if (first) return hardLink(path, first, { mode, uid, gid });
			if (inode) names.set(inode, path);
			return file(path, inode?.content ?? '', attributes);
		}
		default: {
			const [major = 0, minor = 0] = target.split(':').map(Number);
			return { ...device(path, node.type, [major, minor]), ...attributes };
		}
	}
}

function differences(image: PlainState, container: PlainState): ReadonlyMap<string, PlainChange> {
	const changes = new Map<string, PlainChange>();
	for (const path of new Set([...image.keys(), ...container.keys()])) {
		const change = differenceOf(image.get(path), container.get(path));
		if (change !== null) changes.set(path, change);
	}
	return changes;
}

function differenceOf(before: PlainNode | undefined, after: PlainNode | undefined): PlainChange | null {
	if (before === undefined) return 'added';
	if (after === undefined) return before.isImplied && !before.isListed ? null : 'removed';
	const contentOf = ({ type, inode, target }: PlainNode) => `${type} ${inode?.content} ${target}`;
	if (contentOf(before) !== contentOf(after)) return 'content';
	const attributesOf = ({ type, mode, uid, gid, xattrs }: PlainNode) =>
		`${type === 'symlink' ? '' : mode} ${uid} ${gid} ${xattrs}`;
	return attributesOf(before) === attributesOf(after) ? null : 'metadata';
}
