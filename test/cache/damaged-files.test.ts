import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { cacheIn, filesIn } from '../support/disk-cache.ts';
import { scanByPosition } from '../support/scan.ts';
import { file, symlink } from '../support/tar-entry.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { layerTar, sha256 } from '../support/write-archive.ts';

const changeset = scanByPosition(layerTar([file('etc/motd', 'hello'), symlink('run', 'var/run'), file('b')]));
const document = Buffer.from('{"schemaVersion":2}');
const answer = Uint32Array.from([0, 0, 2]);

interface Kept {
	readonly folder: string;
	/** The file itself. */
	readonly path: string;
	readonly bytes: Uint8Array;
	readonly find: () => unknown;
}

const kinds = {
	layer: (t: TestContext) =>
		keep(t, 'layers', {
			write: (folder) => cacheIn(folder).keepLayer(['a'], changeset),
			find: (folder) => cacheIn(folder).layer('a'),
		}),
	document: (t: TestContext) =>
		keep(t, 'documents', {
			write: (folder) => cacheIn(folder).keepDocument(sha256(document), document),
			find: (folder) => cacheIn(folder).document(sha256(document)),
		}),
	answer: (t: TestContext) =>
		keep(t, 'answers', {
			write: (folder) => cacheIn(folder).keepAnswer('a', answer),
			find: (folder) => cacheIn(folder).answer('a'),
		}),
	tree: (t: TestContext) =>
		keep(t, 'trees', {
			write: (folder) => cacheIn(folder).keepTree('a', [document, answer].map(bytesOf)),
			find: (folder) => cacheIn(folder).tree('a'),
		}),
} as const;

for (const [kind, keepIt] of Object.entries(kinds)) {
	describe(`a kept ${kind}`, () => {
		test('is of no use with any of its bytes changed, and is removed', async (t) => {
			const kept = await keepIt(t);
			t.assert.notEqual(kept.find(), null);
			const survivors = [...kept.bytes.keys()].filter((index) => {
				const damaged = Uint8Array.from(kept.bytes);
				damaged[index] ^= 1 << (index % 8);
				return !isDropped(kept, damaged);
			});
			t.assert.deepEqual(survivors, []);
		});

		test('is of no use when it was cut anywhere, or has bytes too many', async (t) => {
			const kept = await keepIt(t);
			const survivors = [...kept.bytes.keys()].filter(
				(length) => !isDropped(kept, kept.bytes.subarray(0, length)),
			);
			t.assert.deepEqual(survivors, []);
			t.assert.equal(isDropped(kept, Buffer.concat([kept.bytes, Buffer.alloc(1)])), true);
		});

		test('is of no use under another identity key', async (t) => {
			const kept = await keepIt(t);
			writeFileSync(join(kept.folder, 'identity-key'), randomBytes(16));
			t.assert.equal(kept.find(), null);
			t.assert.deepEqual(await filesIn(kept.folder), ['identity-key', 'upkeep.json']);
		});

		test('is of no use without an identity key', async (t) => {
			const kept = await keepIt(t);
			rmSync(join(kept.folder, 'identity-key'));
			t.assert.equal(kept.find(), null);
		});

		test('is not looked for where a link leads', async (t) => {
			const kept = await keepIt(t);
			const elsewhere = join(await temporaryFolder(t), 'file');
			writeFileSync(elsewhere, kept.bytes);
			rmSync(kept.path);
			symlinkSync(elsewhere, kept.path);
			t.assert.equal(kept.find(), null);
		});
	});
}

test('a file of one kind is no file of another kind', async (t) => {
	const { folder, bytes } = await kinds.answer(t);
	const cache = cacheIn(folder);
	cache.keepLayer(['a'], changeset);
	const [name] = readdirSync(join(folder, 'layers'));
	writeFileSync(join(folder, 'layers', name), bytes);
	t.assert.equal(cacheIn(folder).layer('a'), null);
});

test('a file under the name of another document is not that document', async (t) => {
	const { folder, bytes } = await kinds.document(t);
	const other = Buffer.from('{"schemaVersion":3}');
	cacheIn(folder).keepDocument(sha256(other), other);
	for (const name of readdirSync(join(folder, 'documents')))
		writeFileSync(join(folder, 'documents', name), bytes);
	t.assert.equal(cacheIn(folder).document(sha256(other)), null);
	t.assert.deepEqual(Buffer.from(cacheIn(folder).document(sha256(document)) ?? []), document);
});

test('an identity key that is cut is no key, and a new one takes its place', async (t) => {
	const { folder } = await kinds.layer(t);
	writeFileSync(join(folder, 'identity-key'), 'short');
	cacheIn(folder).keepLayer(['b'], changeset);
	t.assert.equal(readFileSync(join(folder, 'identity-key')).length, 16);
	t.assert.deepEqual(cacheIn(folder).layer('b'), changeset);
});

/** Whether a file with such bytes gives nothing, and is gone afterwards. */
function isDropped({ path, find }: Kept, bytes: Uint8Array): boolean {
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

interface Keeping {
	readonly write: (folder: string) => void;
	readonly find: (folder: string) => unknown;
}

async function keep(t: TestContext, room: string, { write, find }: Keeping): Promise<Kept> {
	const folder = await temporaryFolder(t);
	write(folder);
	const [name] = readdirSync(join(folder, room));
	const path = join(folder, room, name);
	return { folder, path, bytes: readFileSync(path), find: () => find(folder) };
}
