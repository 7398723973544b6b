import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { fetchedDocument, fetchedNumbers } from '../../source/cache/fetched.ts';
import type { CacheKind } from '../../source/cache/kinds/kind.ts';
import type { CacheRequest } from '../../source/cache/layer-cache.ts';
import { file, symlink } from '../support/archives/tar-entry.ts';
import { layerTar, sha256 } from '../support/archives/write-archive.ts';
import { cacheIn, filesIn, findLayer, storeLayer } from '../support/disk-cache.ts';
import { scanByPosition } from '../support/scan.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const changeset = scanByPosition(layerTar([file('etc/motd', 'hello'), symlink('run', 'var/run'), file('b')]));
const document = Buffer.from('{"schemaVersion":2}');
const answer = Uint32Array.from([0, 0, 2]);

/** A tree is whatever its columns are, which are not looked into here. */
const trees: CacheKind<readonly Uint8Array[]> = {
	name: 'tree',
	encode: (parts) => parts,
	decode: (parts) => parts,
	check: () => true,
};
const treeRequest: CacheRequest<readonly Uint8Array[]> = { kind: trees, keys: ['a'], cost: Infinity };

interface CachedValue {
	readonly folder: string;
	/** The file itself. */
	readonly path: string;
	readonly bytes: Uint8Array;
	readonly find: () => unknown;
}

const kinds = {
	layer: (t: TestContext) =>
		cached(t, 'layers', {
			write: (folder) => storeLayer(cacheIn(folder), ['a'], changeset),
			find: (folder) => findLayer(cacheIn(folder), 'a'),
		}),
	document: (t: TestContext) =>
		cached(t, 'documents', {
			write: (folder) => cacheIn(folder).store(fetchedDocument(sha256(document)), document),
			find: (folder) => cacheIn(folder).lookUp(fetchedDocument(sha256(document))),
		}),
	answer: (t: TestContext) =>
		cached(t, 'answers', {
			write: (folder) => cacheIn(folder).store(fetchedNumbers('a'), answer),
			find: (folder) => cacheIn(folder).lookUp(fetchedNumbers('a')),
		}),
	tree: (t: TestContext) =>
		cached(t, 'trees', {
			write: (folder) => cacheIn(folder).store(treeRequest, [document, answer].map(bytesOf)),
			find: (folder) => cacheIn(folder).lookUp(treeRequest),
		}),
} as const;

for (const [kind, fill] of Object.entries(kinds)) {
	describe(`a cached ${kind}`, () => {
		test('is of no use with any of its bytes changed, and is removed', async (t) => {
			const cached = await fill(t);
			t.assert.notEqual(cached.find(), null);
			const survivors = [...cached.bytes.keys()].filter((index) => {
				const damaged = Uint8Array.from(cached.bytes);
				damaged[index] ^= 1 << (index % 8);
				return !isDropped(cached, damaged);
			});
			t.assert.deepEqual(survivors, []);
		});

		test('is of no use when it was cut anywhere, or has bytes too many', async (t) => {
			const cached = await fill(t);
			const survivors = [...cached.bytes.keys()].filter(
				(length) => !isDropped(cached, cached.bytes.subarray(0, length)),
			);
			t.assert.deepEqual(survivors, []);
			t.assert.equal(isDropped(cached, Buffer.concat([cached.bytes, Buffer.alloc(1)])), true);
		});

		test('is of no use under another identity key', async (t) => {
			const cached = await fill(t);
			writeFileSync(join(cached.folder, 'identity-key'), randomBytes(16));
			t.assert.equal(cached.find(), null);
			t.assert.deepEqual(await filesIn(cached.folder), ['identity-key', 'upkeep.json']);
		});

		test('is of no use without an identity key', async (t) => {
			const cached = await fill(t);
			rmSync(join(cached.folder, 'identity-key'));
			t.assert.equal(cached.find(), null);
		});

		test('is not looked for where a link leads', async (t) => {
			const cached = await fill(t);
			const elsewhere = join(await temporaryFolder(t), 'file');
			writeFileSync(elsewhere, cached.bytes);
			rmSync(cached.path);
			symlinkSync(elsewhere, cached.path);
			t.assert.equal(cached.find(), null);
		});
	});
}

test('a file of one kind is no file of another kind', async (t) => {
	const { folder, bytes } = await kinds.answer(t);
	const cache = cacheIn(folder);
	storeLayer(cache, ['a'], changeset);
	const [name] = readdirSync(join(folder, 'layers'));
	writeFileSync(join(folder, 'layers', name), bytes);
	t.assert.equal(findLayer(cacheIn(folder), 'a'), null);
});

test('a file under the name of another document is not that document', async (t) => {
	const { folder, bytes } = await kinds.document(t);
	const other = Buffer.from('{"schemaVersion":3}');
	cacheIn(folder).store(fetchedDocument(sha256(other)), other);
	for (const name of readdirSync(join(folder, 'documents')))
		writeFileSync(join(folder, 'documents', name), bytes);
	t.assert.equal(cacheIn(folder).lookUp(fetchedDocument(sha256(other))), null);
	t.assert.deepEqual(Buffer.from(cacheIn(folder).lookUp(fetchedDocument(sha256(document))) ?? []), document);
});

test('a file under the name of another key is not that of the key', async (t) => {
	const { folder, bytes } = await kinds.layer(t);
	const other = scanByPosition(layerTar([file('etc/shadow', 'secret')]));
	storeLayer(cacheIn(folder), ['b'], other);
	for (const name of readdirSync(join(folder, 'layers'))) writeFileSync(join(folder, 'layers', name), bytes);
	t.assert.deepEqual(findLayer(cacheIn(folder), 'a'), changeset);
	t.assert.equal(findLayer(cacheIn(folder), 'b'), null);
});

test('an identity key that is cut is no key, and a new one takes its place', async (t) => {
	const { folder } = await kinds.layer(t);
	writeFileSync(join(folder, 'identity-key'), 'short');
	storeLayer(cacheIn(folder), ['b'], changeset);
	t.assert.equal(readFileSync(join(folder, 'identity-key')).length, 16);
	t.assert.deepEqual(findLayer(cacheIn(folder), 'b'), changeset);
});

/** Whether a file with such bytes gives nothing, and is gone afterwards. */
function isDropped({ path, find }: CachedValue, bytes: Uint8Array): boolean {
	writeFileSync(path, bytes);
	if (find() !== null) return false;
	try {
		readFileSync(path);
		return false;
	} catch {
		return true;
	}
}

function bytesOf({ buffer, byteOffset, byteLength }: NodeJS.TypedArray): Uint8Array {
	return new Uint8Array(buffer, byteOffset, byteLength);
}

interface Storing {
	readonly write: (folder: string) => void;
	readonly find: (folder: string) => unknown;
}

async function cached(t: TestContext, folderName: string, { write, find }: Storing): Promise<CachedValue> {
	const folder = await temporaryFolder(t);
	write(folder);
	const [name] = readdirSync(join(folder, folderName));
	const path = join(folder, folderName, name);
	return { folder, path, bytes: readFileSync(path), find: () => find(folder) };
}
