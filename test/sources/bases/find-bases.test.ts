import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { baseClaimsOf } from '../../../source/image/base-claims.ts';
import type { ImageSummary } from '../../../source/image/image-summary.ts';
import { type BasePlace, findBases } from '../../../source/sources/bases/find-bases.ts';
import { usualLimits } from '../../../source/sources/image-source.ts';
import { file } from '../../support/archives/tar-entry.ts';
import { ociArchive } from '../../support/archives/write-archive.ts';
import type { LoadOptions } from '../../support/load-image.ts';
import { fromFile } from '../../support/load-layers.ts';
import {
	bytesAt,
	type Content,
	contentOf,
	type FakeServer,
	startRegistry,
	startServer,
} from '../registry/fake-registry.ts';
import { hostWith } from '../registry/load-from-registry.ts';

const os = [[file('os', 'o'.repeat(1000))]];
const runtime = [...os, [file('runtime', 'r'.repeat(100))]];
const app = [...runtime, [file('app', 'a'.repeat(10))]];
const access = { username: null, password: null, insecure: false, namespace: null };

type Labels = Readonly<Record<string, string>>;

function labelled(layers: typeof app, labels: Labels) {
	return { layers, config: { config: { Labels: labels } } };
}

/** What a registry has of images, each under its own tag. */
function contentWith(images: Readonly<Record<string, ReturnType<typeof labelled>>>): Content {
	return new Map(
		Object.entries(images).flatMap(([tag, image]) =>
			[...contentOf(image)].map(
				([path, value]) => [path.replace(/^manifests\/1$/, `manifests/${tag}`), value] as const,
			),
		),
	);
}

function named(name: string, digest?: string): Labels {
	return {
		'org.opencontainers.image.base.name': name,
		...(digest !== undefined && { 'org.opencontainers.image.base.digest': digest }),
	};
}

async function open(labels: Labels, options: LoadOptions = {}) {
	const archive = ociArchive([labelled(app, labels)]);
	const session = await fromFile(archive, {
		host: hostWith({}),
		access,
		baseSearch: { online: true },
		...options,
	});
	const { base } = session.figures;
	return {
		base,
		messages: session.image.notices.map(({ message }) => message),
		code: session.image.notices[0]?.code,
	};
}

/** Its digest, as the registry gives it out. */
function digestOf(content: Content, tag: string): string {
	const bytes = bytesAt(content, `manifests/${tag}`);
	const found = [...content].find(
		([path, value]) => /^manifests\/sha256:/.test(path) && bytesAt(content, path).equals(bytes) && value,
	);
	return found?.[0].replace('manifests/', '') ?? '';
}

function layersFetched({ requests }: FakeServer, content: Content): number {
	const small = [...content].filter(([, { bytes }]) => bytes[0] === 0x7b).map(([path]) => path);
	return requests.filter(({ line }) => line.includes('/blobs/') && !small.some((path) => line.endsWith(path)))
		.length;
}

describe('a base in its registry', () => {
	async function registry(t: TestContext, images: Parameters<typeof contentWith>[0]) {
		const content = contentWith(images);
		const server = await startRegistry(t, { content });
		return { content, server, at: (name: string) => `${server.address}/${name}` };
	}

	test('is found, and what it is built on itself, without a layer being fetched', async (t) => {
		const place = await registry(t, { os: labelled(os, {}) });
		const { content, server, at } = place;
		const runtimeContent = contentWith({ run: labelled(runtime, named(at('x:os'))) });
		for (const [path, value] of runtimeContent) (content as Map<string, typeof value>).set(path, value);
		const { base, messages } = await open(named(at('x:run')));
		assert.deepEqual(messages, []);
		assert.deepEqual([base.layerCount, base.origin, base.image], [2, 'annotation', at('x:run')]);
		assert.deepEqual(
			base.images?.map(({ image, layerCount, newer }) => ({ image, layerCount, newer })),
			[
				{ image: at('x:run'), layerCount: 2, newer: null },
				{ image: at('x:os'), layerCount: 1, newer: null },
			],
		);
		assert.equal(layersFetched(server, content), 0);
	});

	test('is not asked for where nobody wants it', async (t) => {
		const { server, at } = await registry(t, { run: labelled(runtime, {}) });
		for (const options of [{ baseSearch: { online: false } }, { baseSearch: null }])
			assert.equal((await open(named(at('x:run')), options)).base.origin, 'first-layer');
		assert.deepEqual(server.requests, []);
	});

	test('has another image under its name now', async (t) => {
		const old = contentWith({ old: labelled(runtime, {}) });
		const digest = digestOf(old, 'old');
		const newer = labelled([...os, [file('runtime', 'newer')]], {});
		const { content, at } = await registry(t, { run: newer });
		for (const [path, value] of old) (content as Map<string, typeof value>).set(path, value);
		const { base } = await open(named(at('x:run'), digest));
		assert.equal(base.layerCount, 2);
		assert.equal(base.images?.[0].digest, digest);
		assert.equal(base.images?.[0].newer?.digest, digestOf(content, 'run'));
		const still = await open(named(at('x'), digest));
		assert.equal(still.base.images?.[0].newer, null);
	});

	test('is none of which the layers are others: one notice, of a digest or of a name alone', async (t) => {
		const others = labelled([...os, [file('runtime', 'others')]], {});
		const { content, at } = await registry(t, { run: others, all: labelled(app, {}) });
		const moved = await open(named(at('x:run')));
		assert.equal(moved.code, 'base-not-found');
		assert.equal(moved.messages.length, 1);
		assert.match(
			moved.messages[0],
			/^The image says that it is built on \S+x:run, and what has that name now \(found in .+\) has other layers\.$/,
		);
		const whole = await open(named(at('x:all')));
		assert.deepEqual([whole.base.origin, whole.messages], ['first-layer', []]);
		const { base, messages, code } = await open(named(at('x:run'), digestOf(content, 'run')));
		assert.equal(base.origin, 'first-layer');
		assert.equal(code, 'base-not-found');
		assert.deepEqual(messages, [
			`The image says that it is built on ${at('x:run')}, and its layers are not those of that image.`,
		]);
	});

	test('that is not there, or does not answer, is one notice', async (t) => {
		const { at } = await registry(t, {});
		const gone = await open(named(at('x:gone'), `sha256:${'0'.repeat(64)}`));
		assert.deepEqual([gone.base.origin, gone.messages.length], ['first-layer', 1]);
		assert.match(gone.messages[0], /^The base .*@sha256:0+ was not found: /);
		const silent = await startServer(t, () => {});
		const late = await open(named(`${silent.address}/x:1`), {
			access: { ...access, limits: { ...usualLimits, documentSeconds: 1 } },
		});
		assert.deepEqual([late.base.origin, late.messages.length], ['first-layer', 1]);
		assert.match(late.messages[0], /^The base .* was not found: .*within 1 second/);
	});

	test('gets no password that was given for another registry', async (t) => {
		const { server, at } = await registry(t, { run: labelled(runtime, {}) });
		const secret = { ...access, username: 'user', password: 'secret' };
		await open(named(at('x:run')), { access: secret });
		assert.ok(server.requests.length > 0);
		assert.ok(server.requests.every(({ headers }) => headers.authorization === undefined));
	});
});

describe('bases that name each other', () => {
	const diffIds = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `sha256:${letter.repeat(64)}`);
	const names = ['a:1', 'b:1', 'c:1', 'd:1'];
	const images = fc.array(
		fc.record({
			start: fc.nat(1),
			count: fc.nat(7),
			names: fc.array(fc.constantFrom(...names), { maxLength: 3 }),
		}),
		{ minLength: names.length, maxLength: names.length },
	);

	test('are found once each, where their layers are the lowest, however they name each other', async () => {
		await fc.assert(
			fc.asyncProperty(images, async (given) => {
				const claimsOf = (named: readonly string[]) =>
					named.flatMap((name) =>
						baseClaimsOf({
							annotations: {},
							labels: { 'org.opencontainers.image.base.name': name },
							materials: [],
						}),
					);
				const summaries = new Map(
					given.map(({ start, count, names: claimed }, index): [string, ImageSummary] => [
						names[index],
						{
							digests: [],
							diffIds: diffIds.slice(start, start + count),
							created: null,
							claims: claimsOf(claimed),
						},
					]),
				);
				let asked = 0;
				const place: BasePlace = {
					kind: 'registry',
					find: async (reference) => {
						asked += 1;
						const summary = summaries.get(reference);
						return summary === undefined ? null : { summary, foundIn: 'a map' };
					},
				};
				const layers = diffIds.map((diffId) => ({ diffId }) as never);
				const { bases } = await findBases({
					claims: claimsOf(['a:1', 'b:1']),
					description: { layers },
					others: [],
					places: [place],
					signal: new AbortController().signal,
					limits: { seconds: 60, mostClaims: 24 },
				});
				assert.ok(asked <= 2 * names.length);
				const counts = bases.map(({ layerCount }) => layerCount);
				assert.deepEqual(
					counts,
					[...new Set(counts)].sort((left, right) => right - left),
				);
				for (const { image, layerCount } of bases) {
					assert.deepEqual(summaries.get(image)?.diffIds, diffIds.slice(0, layerCount));
					assert.ok(layerCount > 0 && layerCount < diffIds.length);
				}
			}),
		);
	});
});
