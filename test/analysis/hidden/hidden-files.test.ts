import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { findDeletedFiles } from '../../../source/analysis/hidden/deleted-files.ts';
import { findSecretFiles, type SecretFiles } from '../../../source/analysis/hidden/secret-files.ts';
import type { FileTree } from '../../../source/filetree/file-tree.ts';
import { pathOf } from '../../../source/filetree/paths.ts';
import type { ImageSession } from '../../../source/session/image-session.ts';
import { finish } from '../../../source/steps.ts';
import { examples } from '../../facts/secrets/examples.ts';
import { file, hardLink, opaque, type TarEntry, whiteout } from '../../support/archives/tar-entry.ts';
import { dockerArchive, layoutFiles, ociArchive } from '../../support/archives/write-archive.ts';
import { cacheIn, filesIn } from '../../support/disk-cache.ts';
import { loadImage } from '../../support/load-image.ts';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder.ts';

type Layers = readonly (readonly TarEntry[])[];

const key = examples['private-key'].secret.content;
const otherKey = examples['encrypted-private-key'].secret.content;
const environment = examples['environment-file'].secret.content;

async function fromArchive(t: TestContext, archive: Uint8Array): Promise<ImageSession> {
	const path = join(await temporaryFolder(t), 'image.tar');
	await writeFile(path, archive);
	const session = await loadImage(path);
	t.after(() => session.close());
	return session;
}

const open = (t: TestContext, layers: Layers) => fromArchive(t, dockerArchive([{ layers }]));

async function secretsIn({ facts, tree }: ImageSession): Promise<SecretFiles> {
	return finish(findSecretFiles(tree, (await facts.ask(['secrets'])).secrets));
}

/** `PATH in LAYERS: visible as PATH`, or who removed it; layers from 1. */
function described({ files }: SecretFiles, tree: FileTree): readonly string[] {
	return files.map(({ node, layers, visibleNode, removedBy, isLikelyExample }) => {
		const state =
			visibleNode === null
				? `removed by ${(removedBy ?? -1) + 1}`
				: `visible as ${pathOf(tree, visibleNode)}`;
		const place = `${pathOf(tree, node)} in ${layers.map((layer) => layer + 1)}`;
		return `${place}: ${state}${isLikelyExample ? ', an example' : ''}`;
	});
}

async function describedSecrets(t: TestContext, layers: Layers): Promise<readonly string[]> {
	const session = await open(t, layers);
	return described(await secretsIn(session), session.tree);
}

describe('files that look secret', () => {
	test('one that stays is visible, and one that a later layer removes is not', async (t) => {
		const layers = [[file('a/key', key), file('b/.env', environment)], [file('c')], [whiteout('b/.env')]];
		assert.deepEqual(await describedSecrets(t, layers), [
			'a/key in 1: visible as a/key',
			'b/.env in 1: removed by 3',
		]);
	});

	test('one that other content replaces is deleted, and what replaces it is a secret of its own', async (t) => {
		const layers = [[file('key', key)], [file('key', otherKey)], [file('key', 'gone')]];
		assert.deepEqual(await describedSecrets(t, layers), ['key in 1: removed by 2', 'key in 2: removed by 3']);
	});

	test('one that is shipped again as it was, or with another mode, is one secret in both layers', async (t) => {
		const layers = [
			[file('key', key)],
			[file('key', key, { mode: 0o600 })],
			[file('key', key, { mode: 0o600 })],
		];
		assert.deepEqual(await describedSecrets(t, layers), ['key in 1,2,3: visible as key']);
		assert.deepEqual(await describedSecrets(t, [...layers, [opaque('')]]), ['key in 1,2,3: removed by 4']);
	});

	test('one that is removed and shipped again is two', async (t) => {
		const layers = [[file('key', key)], [whiteout('key')], [file('key', key)]];
		assert.deepEqual(await describedSecrets(t, layers), [
			'key in 1: removed by 2',
			'key in 3: visible as key',
		]);
	});

	test('one whose other name stays is visible there, until that goes too', async (t) => {
		const layers = [[file('key', key), hardLink('link', 'key')], [whiteout('key')]];
		assert.deepEqual(await describedSecrets(t, layers), ['key in 1: visible as link']);
		assert.deepEqual(await describedSecrets(t, [...layers, [whiteout('link')]]), ['key in 1: removed by 3']);
	});

	test('what is likely an example comes last', async (t) => {
		const layers = [[file('app/test/key.pem', key), file('srv/key.pem', key)]];
		assert.deepEqual(await describedSecrets(t, layers), [
			'srv/key.pem in 1: visible as srv/key.pem',
			'app/test/key.pem in 1: visible as app/test/key.pem, an example',
		]);
	});

	test('are the same from an archive, a layout, packed layers and a stream', async (t) => {
		const layers = [
			[file('a/key', key), file('b/.env', environment), file('c', 'c'.repeat(70_000))],
			[file('a/key', otherKey), whiteout('b')],
		];
		const folder = await temporaryFolder(t);
		await writeFiles(folder, layoutFiles([{ layers }], 'gzip'));
		const sessions = [
			await open(t, layers),
			await fromArchive(t, ociArchive([{ layers }], 'zstd')),
			await loadImage(folder),
			await loadImage('-', {
				facts: ['secrets'],
				stdin: Readable.from([dockerArchive([{ layers }])], { objectMode: false }),
			}),
		];
		const [expected, ...others] = await Promise.all(sessions.map(secretsIn));
		assert.deepEqual(described(expected, sessions[0].tree), [
			'a/key in 1: removed by 2',
			'a/key in 2: visible as a/key',
			'b/.env in 1: removed by 2',
		]);
		for (const other of others) assert.deepEqual(other, expected);
		for (const session of sessions) await session.close();
	});

	test('no value of any rule is in the facts, the answers or the cache', async (t) => {
		const folder = await temporaryFolder(t);
		const path = join(folder, 'image.tar');
		const all = Object.values(examples).map(({ secret }, index) =>
			file(`${index}/${secret.path}`, secret.content),
		);
		const layers = [[...all, file('padding', randomBytes(1_200_000))], [whiteout('0')]];
		await writeFile(path, ociArchive([{ layers }], 'gzip'));
		// A file that has only just been written may still change, and is not cached.
		await delay(100);
		const cache = cacheIn(join(folder, 'cache'));
		const session = await loadImage(path, { cache });
		const { secrets } = await session.facts.ask(['secrets']);
		const files = finish(findSecretFiles(session.tree, secrets));
		const deleted = finish(findDeletedFiles(session.tree, files));
		await session.close();
		assert.equal(files.files.length, all.length);
		const cached = await Promise.all(
			(await filesIn(join(folder, 'cache'))).map((name) => readFile(join(folder, 'cache', name), 'latin1')),
		);
		assert.ok(cached.some((text) => text.includes('environment-file')));
		const written = [JSON.stringify(secrets), JSON.stringify(files), JSON.stringify([...deleted]), ...cached];
		for (const { secret } of Object.values(examples))
			for (const text of written)
				assert.ok(!text.includes(String(secret.value)) || secret.line === null, secret.path);
	});
});

describe('deleted files', () => {
	async function deletedIn(t: TestContext, layers: Layers, withSecrets = false) {
		const session = await open(t, layers);
		const secrets = withSecrets ? await secretsIn(session) : null;
		const deleted = finish(findDeletedFiles(session.tree, secrets));
		return { deleted, tree: session.tree };
	}

	test('are listed with their layer and with what took them away, the largest first', async (t) => {
		const { deleted, tree } = await deletedIn(t, [
			[file('b', 'bb'), file('a', 'aa'), file('large', 'l'.repeat(9)), file('stays', 's'), file('mode', 'm')],
			[whiteout('a'), file('b', 'new'), file('mode', 'm', { mode: 0o600 })],
			[whiteout('large'), file('stays', 's')],
		]);
		assert.deepEqual(
			[...deleted].map(({ node, bytes, layerIndex, removedBy, cause }) => [
				pathOf(tree, node),
				bytes,
				layerIndex,
				removedBy,
				cause,
			]),
			[
				['large', 9, 0, 2, 'removed'],
				['a', 2, 0, 1, 'removed'],
				['b', 2, 0, 1, 'content'],
			],
		);
		assert.equal(deleted.bytes, 13);
		assert.deepEqual(deleted.slice(1, 2), [[...deleted][1]]);
	});

	test('say what looks secret, where contents were asked for', async (t) => {
		const layers = [
			[file('key', key), file('other', 'o')],
			[file('key', key)],
			[whiteout('key'), whiteout('other')],
		];
		const kinds = async (withSecrets: boolean) =>
			[...(await deletedIn(t, layers, withSecrets)).deleted].map(({ secrets }) =>
				secrets.map(({ kind }) => kind),
			);
		assert.deepEqual(await kinds(true), [['private-key'], []]);
		assert.deepEqual(await kinds(false), [[], []]);
	});

	test('an image without any has none', async (t) => {
		const { deleted } = await deletedIn(t, [[file('a', 'a')]]);
		assert.deepEqual([deleted.length, deleted.bytes, [...deleted]], [0, 0, []]);
	});
});
