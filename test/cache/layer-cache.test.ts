import { describe, type TestContext, test } from 'node:test';
import { fetchedDocument } from '../../source/cache/fetched.ts';
import { json, numbers } from '../../source/cache/kinds/answers.ts';
import { isWorthCaching, kinds } from '../../source/cache/kinds/kind.ts';
import { type CacheRequest, type LayerCache, noCache, readingAll } from '../../source/cache/layer-cache.ts';
import { sha256 } from '../support/archives/write-archive.ts';
import { cacheIn, filesIn } from '../support/disk-cache.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const answer = Uint32Array.from([3, 1, 4]);
const document = Buffer.from('{"schemaVersion":2}');
const request: CacheRequest<Uint32Array> = {
	kind: numbers(({ length }) => length === 3),
	keys: ['a', 'b'],
	cost: 1000,
};

/** Asks for the answer; gives it, and how often it was worked out for that. */
async function ask(cache: LayerCache, wanted = request, value = answer) {
	let times = 0;
	const found = await cache.through(wanted, async () => {
		times += 1;
		return value;
	});
	return [[...found], times];
}

describe('a value through the cache', () => {
	test('is worked out once, and found from then on', async (t) => {
		const folder = await temporaryFolder(t);
		t.assert.deepEqual(await ask(cacheIn(folder)), [[3, 1, 4], 1]);
		t.assert.deepEqual(await ask(cacheIn(folder)), [[3, 1, 4], 0]);
	});

	test('is found under any of its keys', async (t) => {
		const folder = await temporaryFolder(t);
		await ask(cacheIn(folder));
		t.assert.deepEqual(await ask(cacheIn(folder), { ...request, keys: ['c', 'b'] }), [[3, 1, 4], 0]);
		t.assert.deepEqual(await ask(cacheIn(folder), { ...request, keys: ['c'] }), [[3, 1, 4], 1]);
	});

	test('is neither looked up nor stored where it costs too little, and its keys are not made', async (t) => {
		const folder = await temporaryFolder(t);
		const keys = () => {
			throw new Error('The keys were made.');
		};
		t.assert.deepEqual(await ask(cacheIn(folder), { ...request, keys, cost: 999 }), [[3, 1, 4], 1]);
		t.assert.deepEqual(await filesIn(folder), []);
	});

	test('gets its keys made once', async (t) => {
		let times = 0;
		const keys = () => {
			times += 1;
			return ['a'];
		};
		await ask(cacheIn(await temporaryFolder(t)), { ...request, keys });
		t.assert.equal(times, 1);
	});

	test('is not stored when what it was worked out from has changed meanwhile', async (t) => {
		const folder = await temporaryFolder(t);
		await ask(cacheIn(folder), { ...request, isCurrent: () => false });
		t.assert.deepEqual(await filesIn(folder), []);
	});

	test('is worked out anew and stored in place of one that fails its check', async (t) => {
		const folder = await temporaryFolder(t);
		const loose = { ...request, kind: numbers(() => true) };
		await ask(cacheIn(folder), loose, Uint32Array.from([1]));
		t.assert.deepEqual(await ask(cacheIn(folder)), [[3, 1, 4], 1]);
		t.assert.deepEqual(await ask(cacheIn(folder)), [[3, 1, 4], 0]);
	});

	test('is not stored when it fails its own check', async (t) => {
		const folder = await temporaryFolder(t);
		await ask(cacheIn(folder), request, Uint32Array.from([1]));
		cacheIn(folder).store(fetchedDocument(sha256(Buffer.from('x'))), document);
		t.assert.deepEqual(await filesIn(folder), []);
	});

	test('is not stored when working it out fails', async (t) => {
		const folder = await temporaryFolder(t);
		const failing = cacheIn(folder).through(request, () => Promise.reject(new Error('failed')));
		await t.assert.rejects(failing, /failed/);
		t.assert.deepEqual(await filesIn(folder), []);
	});

	test('may be JSON, which has to be of the right type', async (t) => {
		const folder = await temporaryFolder(t);
		const lists = json((value): value is readonly string[] => Array.isArray(value));
		const objects = json((value): value is { name: string } => Object.hasOwn(Object(value), 'name'));
		cacheIn(folder).store({ kind: lists, keys: ['a'], cost: Infinity }, ['x', 'y']);
		t.assert.deepEqual(cacheIn(folder).lookUp({ kind: lists, keys: ['a'], cost: Infinity }), ['x', 'y']);
		t.assert.equal(cacheIn(folder).lookUp({ kind: objects, keys: ['a'], cost: Infinity }), null);
	});
});

test('an image, and each kind of value, is worth caching from a cost of its own', (t) => {
	const names = ['image', ...kinds.map(({ name }) => name)] as const;
	const costs = [0, 500, 1000, 2000, 10_000, Infinity];
	t.assert.deepEqual(
		names.map((name) => [name, costs.find((cost) => isWorthCaching(name, cost))]),
		[
			['image', 10_000],
			['layer', 500],
			['document', 0],
			['answer', 1000],
			['tree', 10_000],
			['digests', 2000],
			['facts', 500],
		],
	);
});

describe('a cache that is not read', () => {
	const filled = async (t: TestContext): Promise<LayerCache> => {
		const cache = cacheIn(await temporaryFolder(t));
		await ask(cache);
		cache.store(fetchedDocument(sha256(document)), document);
		return cache;
	};

	test('works everything out, but finds documents, whose digests prove them', async (t) => {
		const cache = readingAll(await filled(t));
		t.assert.deepEqual(await ask(cache), [[3, 1, 4], 1]);
		t.assert.deepEqual(Buffer.from(cache.lookUp(fetchedDocument(sha256(document))) ?? []), document);
	});

	test('stores what was worked out', async (t) => {
		const folder = await temporaryFolder(t);
		await ask(readingAll(cacheIn(folder)));
		t.assert.deepEqual(await ask(cacheIn(folder)), [[3, 1, 4], 0]);
	});

	test('finds nothing at all where there is no cache', async (t) => {
		const cache = noCache();
		cache.store(fetchedDocument(sha256(document)), document);
		t.assert.deepEqual(
			[await ask(cache), await ask(cache)],
			[
				[[3, 1, 4], 1],
				[[3, 1, 4], 1],
			],
		);
		t.assert.equal(cache.lookUp(fetchedDocument(sha256(document))), null);
	});
});
