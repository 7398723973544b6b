import { deepEqual, equal } from 'node:assert/strict';
import { suite, test } from 'node:test';
import { parseConfig } from '../../../../source/image/config.ts';
import { describeImage } from '../../../../source/image/describe.ts';
import { StreamedArchive } from '../../../../source/sources/archive/streamed-archive.ts';
import { ExportWatch } from '../../../../source/sources/engine/export/export-watch.ts';
import type { LayerWatcher } from '../../../../source/sources/layers/layer-watcher.ts';
import type { Changeset } from '../../../../source/tar/changeset.ts';
import { newIdentityKey } from '../../../../source/tar/content-identity.ts';
import { docker20Archive } from '../../../support/archives/docker-20-archive.ts';
import { file } from '../../../support/archives/tar-entry.ts';
import {
	docker25Archive,
	dockerArchive,
	layerTar,
	podmanArchive,
	type TestImage,
} from '../../../support/archives/write-archive.ts';
import { digestOf } from '../support/engine-content.ts';

const layers = [1, 2, 3].map((number) => [file(`file-${number}`, 'x'.repeat(10_000 * number))]);
const image: TestImage = { names: ['app:1'], layers };
const diffIds = layers.map((entries) => digestOf(layerTar(entries)));

/** What a watcher hears, in words; layers are counted from 1. */
class Listener implements LayerWatcher {
	readonly heard: string[] = [];
	readonly memory = new Map<string, Changeset>();
	readonly isForgiving = true;
	readonly onDescribed = async (): Promise<void> => void this.heard.push('described');
	readonly onProgress = (indices: readonly number[], bytes: number): void =>
		void this.heard.push(`${named(indices)} at ${Math.floor(bytes)}`);
	readonly onRead = async (indices: readonly number[], { count }: Changeset): Promise<void> =>
		void this.heard.push(`${named(indices)} has ${count}`);
	readonly onFailed = (): void => {};
	readonly wanted = (): number => 0;
	readonly isLeftOut = (): boolean => false;
}

function named(indices: readonly number[]): string {
	return indices.map((index) => index + 1).join('+');
}

interface Watched {
	readonly watch: ExportWatch;
	readonly listener: Listener;
	/** Has so many bytes of an archive pass. */
	readonly pass: (bytes: Uint8Array) => Promise<void>;
	readonly position: () => number;
}

interface Told {
	readonly diffIds?: readonly string[];
	readonly layerBytes?: number;
	readonly listener?: Listener;
}

function watched({
	diffIds: given = diffIds,
	layerBytes = 1000,
	listener = new Listener(),
}: Told = {}): Watched {
	const described = describeImage({
		...{ names: [], manifestDigest: null, configDigest: null, platform: null, annotations: {} },
		config: parseConfig(Buffer.from('{}'), 'it'),
		layers: given.map(() => ({ digest: null, mediaType: null, storedBytes: layerBytes })),
	});
	const names = given.map((diffId) => [`${diffId.replace('sha256:', '')}.tar`]);
	const watch = new ExportWatch({
		watcher: listener,
		described: { ...described, notices: [] },
		diffIds: given,
		names,
	});
	const archive = new StreamedArchive({ identityKey: newIdentityKey(), largestVerifiedBytes: 0 }, {}, watch);
	const pass = async (bytes: Uint8Array): Promise<void> => {
		for (let offset = 0; offset < bytes.length; offset += 4096) {
			archive.write(bytes.subarray(offset, offset + 4096));
			while (archive.isBehind) archive.step();
			await watch.tell();
		}
	};
	return { watch, listener, pass, position: () => archive.position };
}

suite('the layers of an export are told as they pass', () => {
	const read = ['1 has 1', '2 has 1', '3 has 1'];

	test('of Docker Engine 20, whose folders have made-up names, in the order of these', async () => {
		const { parts } = docker20Archive(image);
		const { listener, pass } = watched();
		await pass(Buffer.concat(parts.map(({ bytes }) => bytes)));
		const order = parts.flatMap(({ layer }) => (layer === null ? [] : [`${layer} has 1`]));
		deepEqual(listener.heard, order);
	});

	test('of Docker Engine 25, whose files have the names of diff IDs', async () => {
		const { listener, pass } = watched();
		await pass(docker25Archive([image]));
		deepEqual(listener.heard, read);
	});

	test('of an export like one before, whose folders have known names', async () => {
		const { listener, pass } = watched();
		await pass(dockerArchive([image]));
		deepEqual(listener.heard, read);
	});

	test('of Podman', async () => {
		const { listener, pass } = watched();
		await pass(podmanArchive([image]));
		deepEqual(listener.heard, read);
	});

	for (const [engine, archive] of [
		['the image store of containerd', docker25Archive([image], 'gzip')],
		['an older engine', dockerArchive([image], 'gzip')],
	] as const)
		test(`of ${engine}, whose names tell nothing, by what they turn out to be`, async () => {
			const { listener, pass } = watched();
			await pass(archive);
			deepEqual(listener.heard, read);
		});

	test('together where one file is several layers', async () => {
		const twice = [layers[0], layers[1], layers[0]];
		const { listener, pass } = watched({ diffIds: [diffIds[0], diffIds[1], diffIds[0]] });
		await pass(podmanArchive([{ ...image, layers: twice }]));
		equal(listener.heard[0], '1+3 has 1');
	});

	test('together where they are one file and a link to it', async () => {
		const twice = [layers[0], layers[1], layers[0]];
		const { parts } = docker20Archive({ ...image, layers: twice });
		const { listener, pass } = watched({ diffIds: [diffIds[0], diffIds[1], diffIds[0]] });
		await pass(Buffer.concat(parts.map(({ bytes }) => bytes)));
		deepEqual(listener.heard.toSorted(), ['1+3 has 1', '2 has 1']);
	});

	test('except those that the engine has not told of', async () => {
		const { listener, pass } = watched({ diffIds: [diffIds[0]] });
		await pass(docker25Archive([image]));
		deepEqual(listener.heard, ['1 has 1']);
	});
});

suite('how far an export is', () => {
	test('is counted in the bytes that the engine told, whatever else is in it', async () => {
		const { watch, listener, pass, position } = watched();
		const half = layerTar(layers[0]).length / 2;
		await pass(podmanArchive([image]).subarray(0, 512 + half));
		const progress = { phase: 'layers', layersTotal: 3, bytesTotal: 3000 } as const;
		deepEqual(watch.progressAt(position()), { ...progress, layersDone: 0, bytesDone: 500 });
		deepEqual(listener.heard, ['1 at 500']);
	});

	test('is counted in bytes of the export where the engine does not tell how large layers are', async () => {
		const { watch, pass, position } = watched({ layerBytes: 0 });
		await pass(podmanArchive([image]).subarray(0, 5120));
		const progress = { phase: 'layers', layersTotal: 3, bytesTotal: null } as const;
		deepEqual(watch.progressAt(position()), { ...progress, layersDone: 0, bytesDone: 5120 });
	});
});

suite('what was read of an image before', () => {
	test('is told again before its export begins', async () => {
		const first = watched();
		await first.pass(podmanArchive([image]));
		const { watch, listener } = watched({ listener: first.listener });
		listener.heard.length = 0;
		await watch.begin(() => null);
		deepEqual(listener.heard, ['described', '1 has 1', '2 has 1', '3 has 1']);
	});

	test('comes from the cache where it is there', async () => {
		const first = watched();
		await first.pass(podmanArchive([image]));
		const known = first.watch.read.get(1) ?? null;
		const { watch, listener } = watched();
		await watch.begin((diffId) => (diffId === diffIds[1] ? known : null));
		deepEqual(listener.heard, ['described', '2 has 1']);
	});
});
