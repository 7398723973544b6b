import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { DocumentBudget } from '../../../source/sources/store/document-budget.ts';
import { type IndexStep, walkIndex } from '../../../source/sources/store/index-walk.ts';

type Fields = Readonly<Record<string, unknown>>;

const digestOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const refName = 'org.opencontainers.image.ref.name';

/** Documents under digests that are made of names, so that indexes can list each other, as in a hostile archive. */
class Documents {
	readonly reads: string[] = [];
	readonly #bytes = new Map<string, Uint8Array>();

	add(name: string, document: Fields): void {
		this.#bytes.set(digestOf(name), Buffer.from(JSON.stringify(document)));
	}

	async walk(root: Fields, signal?: AbortSignal): Promise<readonly IndexStep[]> {
		const bytes = Buffer.from(JSON.stringify(root));
		const read = async (digest: string) => {
			this.reads.push(digest);
			return this.#bytes.get(digest) ?? null;
		};
		const budget = new DocumentBudget(signal);
		const steps = walkIndex({ bytes, name: 'index.json' }, { read, nameOf: (digest) => digest, budget });
		return Array.fromAsync(steps);
	}
}

function listing(name: string, fields: Fields = {}): Fields {
	return { digest: digestOf(name), size: 1, ...fields };
}

function index(...manifests: readonly Fields[]): Fields {
	return { schemaVersion: 2, manifests };
}

function image(config: string): Fields {
	return { schemaVersion: 2, config: { digest: digestOf(config) }, layers: [] };
}

function repeated(count: number, entry: Fields): readonly Fields[] {
	return new Array<Fields>(count).fill(entry);
}

/** Descriptors of one document under names of their own. */
function named(count: number, document: string): readonly Fields[] {
	return Array.from({ length: count }, (_, number) =>
		listing(document, { annotations: { [refName]: String(number) } }),
	);
}

function kindsOf(steps: readonly IndexStep[]): readonly string[] {
	return steps.map(({ kind }) => kind);
}

function namesOf(steps: readonly IndexStep[]): readonly (readonly (string | undefined)[])[] {
	return steps.map(({ path }) => path.map(({ annotations }) => annotations[refName]));
}

describe('a walk through an index', () => {
	test('comes to the images in order, with the descriptors that lead to each', async (t) => {
		const documents = new Documents();
		documents.add('first', image('1'));
		documents.add('second', image('2'));
		documents.add('inner', index(listing('first', { annotations: { [refName]: 'first' } })));
		const steps = await documents.walk(
			index(listing('inner', { annotations: { [refName]: 'inner' } }), listing('second')),
		);
		t.assert.deepEqual(kindsOf(steps), ['image', 'image']);
		t.assert.deepEqual(namesOf(steps), [['inner', 'first'], [undefined]]);
	});

	test('comes to a manifest that is its own root', async (t) => {
		const steps = await new Documents().walk(image('1'));
		t.assert.deepEqual([kindsOf(steps), namesOf(steps)], [['image'], [[]]]);
	});

	test('comes to an image once for each descriptor that lists it, and reads it once', async (t) => {
		const documents = new Documents();
		documents.add('image', image('1'));
		const named = ['app:1', 'app:2'].map((name) => listing('image', { annotations: { [refName]: name } }));
		t.assert.deepEqual(namesOf(await documents.walk(index(...named))), [['app:1'], ['app:2']]);
		t.assert.deepEqual(documents.reads, [digestOf('image')]);
	});

	test('tells images, artifacts, other documents and absent ones apart', async (t) => {
		const documents = new Documents();
		documents.add('image', image('1'));
		documents.add('chart', {
			config: { digest: digestOf('2'), mediaType: 'application/vnd.cncf.helm.config.v1+json' },
			layers: [],
		});
		documents.add('old', { schemaVersion: 1, fsLayers: [] });
		documents.add('other', { mediaType: 'application/x-other' });
		const steps = await documents.walk(
			index(...['image', 'chart', 'old', 'other', 'nothing'].map((name) => listing(name))),
		);
		t.assert.deepEqual(kindsOf(steps), ['image', 'artifact', 'schema-1', 'other', 'absent']);
	});

	test('leaves out attestations', async (t) => {
		const documents = new Documents();
		documents.add('image', image('1'));
		const platform = { os: 'unknown', architecture: 'unknown' };
		t.assert.deepEqual(await documents.walk(index(listing('image', { platform }))), []);
		t.assert.deepEqual(documents.reads, []);
	});
});

describe('a walk through a hostile index', () => {
	test('ends at once where an index lists itself 10,000 times', async (t) => {
		const documents = new Documents();
		documents.add('loop', index(...repeated(10_000, listing('loop'))));
		t.assert.deepEqual(await documents.walk(index(listing('loop'))), []);
		t.assert.deepEqual(documents.reads, [digestOf('loop')]);
	});

	test('reads two indexes that list each other once each', async (t) => {
		const documents = new Documents();
		documents.add('one', index(...repeated(1000, listing('other'))));
		documents.add('other', index(...repeated(1000, listing('one'))));
		await documents.walk(index(...repeated(1000, listing('one'))));
		t.assert.deepEqual(documents.reads, [digestOf('one'), digestOf('other')]);
	});

	test('goes on behind an index that lists itself', async (t) => {
		const documents = new Documents();
		documents.add('image', image('1'));
		documents.add('loop', index(listing('loop'), listing('image')));
		t.assert.deepEqual(kindsOf(await documents.walk(index(listing('loop')))), ['image']);
	});

	test('comes once to what is listed again and again', async (t) => {
		const documents = new Documents();
		documents.add('image', image('1'));
		const steps = await documents.walk(index(...repeated(10_000, listing('image'))));
		t.assert.deepEqual([kindsOf(steps), documents.reads], [['image'], [digestOf('image')]]);
	});

	test('finds the image behind 10,000 descriptors of an index that lists itself', async (t) => {
		const documents = new Documents();
		documents.add('image', image('1'));
		documents.add('loop', index(...repeated(9999, listing('loop')), listing('image')));
		const steps = await documents.walk(index(...repeated(9999, listing('loop')), listing('image')));
		t.assert.deepEqual(kindsOf(steps), ['image']);
	});

	test('comes once to an image that many indexes lead to, however they list each other', async (t) => {
		const documents = new Documents();
		documents.add('image', image('1'));
		const names = Array.from({ length: 12 }, (_, number) => String(number));
		for (const name of names)
			documents.add(name, index(...names.map((other) => listing(other)), listing('image')));
		const steps = await documents.walk(index(...names.map((name) => listing(name))));
		t.assert.deepEqual(
			kindsOf(steps).filter((kind) => kind === 'image'),
			['image'],
		);
		t.assert.equal(documents.reads.length, 13);
	});

	test('follows indexes nested 8 deep below the first, and no deeper', async (t) => {
		const documents = new Documents();
		documents.add('0', image('1'));
		for (let depth = 1; depth <= 9; depth++) documents.add(String(depth), index(listing(String(depth - 1))));
		t.assert.deepEqual(kindsOf(await documents.walk(index(listing('8')))), ['image']);
		t.assert.deepEqual(kindsOf(await documents.walk(index(listing('9')))), ['cut']);
	});

	test('ends after 1,000 images', async (t) => {
		const documents = new Documents();
		documents.add('image', image('1'));
		const kinds = kindsOf(await documents.walk(index(...named(1001, 'image'))));
		t.assert.deepEqual([kinds.length, kinds.at(-1)], [1001, 'cut']);
	});

	test('ends after 10,000 descriptors', async (t) => {
		const documents = new Documents();
		documents.add('inner', index(...named(9999, 'nothing')));
		const kinds = kindsOf(await documents.walk(index(listing('inner'), listing('nothing'))));
		t.assert.deepEqual([kinds.length, kinds.at(-1)], [10_000, 'cut']);
	});

	test('ends after 64 MiB of documents', async (t) => {
		const documents = new Documents();
		const padding = ' '.repeat(7 * 1024 * 1024);
		const names = Array.from({ length: 20 }, (_, number) => String(number));
		for (const name of names) documents.add(name, { ...image(name), annotations: { padding } });
		const kinds = kindsOf(await documents.walk(index(...names.map((name) => listing(name)))));
		t.assert.deepEqual(
			kinds.filter((kind) => kind === 'image'),
			new Array<string>(9).fill('image'),
		);
		t.assert.deepEqual([kinds.at(-1), documents.reads.length], ['cut', 10]);
	});

	test('lets timers run, and ends when it is interrupted', async (t) => {
		const documents = new Documents();
		for (let number = 0; number < 400; number++)
			documents.add(String(number), index(...repeated(1000, listing('nothing', { size: number }))));
		const all = Array.from({ length: 400 }, (_, number) => listing(String(number)));
		const abort = new AbortController();
		setTimeout(() => abort.abort(), 1);
		await t.assert.rejects(documents.walk(index(...all), abort.signal), { code: 'interrupted' });
	});
});
