import { createHash } from 'node:crypto';
import type { Changeset } from '../tar/changeset.ts';
import type { Compression } from '../tar/compression.ts';
import { Breather } from './breathe.ts';
import type { LayerLocation, OpenOptions } from './image-source.ts';
import { LayerProgress } from './layer-progress.ts';
import { type BlobLocation, chunksOf, withRange } from './located-blobs.ts';
import { compressionOf, locateFault, scanByPosition } from './scan-layer.ts';
import { unpackLayers } from './unpack-layers.ts';
import { layersToVerify, VERIFIED_BYTES } from './verified-layers.ts';

/** Layers on disk, read. */
export interface ReadLayers {
	/** Lowest first; two layers with one blob share one changeset. */
	readonly changesets: readonly Changeset[];
	/** Where each uncompressed layer lies; null for those that were unpacked. */
	readonly locations: readonly (LayerLocation | null)[];
	readonly diffIdOf: (changeset: Changeset) => string | null;
}

/** A distinct blob and which layers it is. */
interface LayerBlob {
	readonly location: BlobLocation;
	readonly compression: Compression;
	/** `layer 3 of app.tar`, for errors. */
	readonly where: string;
}

/**
 * Reads layers that lie on disk: the uncompressed ones by position, the others unpacked side by side, the largest first.
 * Throws `FathomError`.
 */
export async function readLayers(
	locations: readonly BlobLocation[],
	label: string,
	options: OpenOptions,
): Promise<ReadLayers> {
	const blobs = new Map<string, LayerBlob>();
	for (const [index, location] of locations.entries()) {
		const key = keyOf(location);
		if (blobs.has(key)) continue;
		blobs.set(key, {
			location,
			compression: await compressionOf(location),
			where: `${label}: layer ${index + 1}`,
		});
	}
	const progress = new LayerProgress(
		[...blobs.values()].map(({ location }) => location),
		options,
	);
	const byKey = new Map<string, Changeset>();
	for (const [key, blob] of blobs) {
		if (blob.compression === 'none') byKey.set(key, await scanPlain(blob, progress, options));
	}
	const packed = [...blobs].filter(([, { compression }]) => compression !== 'none');
	const unpacked = await unpackLayers(
		packed.map(([, { location, compression, where }]) => ({ location, compression, where })),
		{
			progress,
			signal: options.signal,
			largestVerifiedBytes: options.verify ? Number.MAX_SAFE_INTEGER : VERIFIED_BYTES,
		},
	);
	for (const [index, [key]] of packed.entries()) byKey.set(key, unpacked[index]);
	return finish({ locations, blobs, byKey }, options);
}

interface Finished {
	readonly locations: readonly BlobLocation[];
	readonly blobs: ReadonlyMap<string, LayerBlob>;
	readonly byKey: ReadonlyMap<string, Changeset>;
}

async function finish({ locations, blobs, byKey }: Finished, options: OpenOptions): Promise<ReadLayers> {
	const changesets = locations.map((location) => byKey.get(keyOf(location)) as Changeset);
	const verified = layersToVerify(changesets, options.verify ?? false);
	const diffIds = new Map<Changeset, string | null>();
	for (const [key, { location, compression }] of blobs) {
		const changeset = byKey.get(key) as Changeset;
		if (!verified.has(changeset)) continue;
		diffIds.set(changeset, compression === 'none' ? await digestOf(location, options) : changeset.diffId);
	}
	return {
		changesets,
		locations: locations.map((location) =>
			blobs.get(keyOf(location))?.compression === 'none'
				? { path: location.path, position: location.start }
				: null,
		),
		diffIdOf: (changeset) => diffIds.get(changeset) ?? null,
	};
}

function scanPlain(
	{ location, where }: LayerBlob,
	progress: LayerProgress,
	options: OpenOptions,
): Promise<Changeset> {
	const breather = new Breather(options.signal, () => progress.report());
	return withRange(location, (range) =>
		scanByPosition(range, breather, (bytes) => progress.set(location, bytes)),
	)
		.then((changeset) => {
			progress.done(location);
			return changeset;
		})
		.catch((error: unknown) => {
			throw locateFault(error, where);
		});
}

/** The digest of the bytes at a location. */
export function digestOf(location: BlobLocation, { signal }: OpenOptions): Promise<string> {
	const breather = new Breather(signal);
	return withRange(location, async (range) => {
		const hash = createHash('sha256');
		for await (const chunk of chunksOf(range)) {
			hash.update(chunk);
			await breather.breathe();
		}
		return `sha256:${hash.digest('hex')}`;
	});
}

function keyOf({ path, start }: BlobLocation): string {
	return `${start} ${path}`;
}
