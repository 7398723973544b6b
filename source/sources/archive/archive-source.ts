import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Changeset } from '../../tar/changeset.ts';
import { budgetBeside } from '../../tar/entry-budget.ts';
import { DiskFileReader } from '../files/file-reader.ts';
import { layersInPackedArchive, layersOnDisk } from '../files/tar-access.ts';
import type { ImageSource, ReadImage, ReadOptions, SourceInput } from '../image-source.ts';
import { CachedFileLayers } from '../layers/cached-file-layers.ts';
import { addressOfLayers } from '../layers/file-keys.ts';
import { threadsForPlain } from '../layers/layer-reading.ts';
import { readingCost } from '../layers/reading-cost.ts';
import { withDigests } from '../layers/verified-layers.ts';
import { assembleImage, describeSnapshot, pickImage, singleLayer } from '../store/assemble-image.ts';
import { type BlobLocation, compressionOf, readStart, withRange } from '../store/blob-location.ts';
import { archiveStore } from '../store/disk-store.ts';
import { noImageIn } from '../store/no-image.ts';
import { readPicked } from '../store/read-picked.ts';
import { TimeSlice } from '../time-slice.ts';
import type { LayerWorkers } from '../workers/layer-workers.ts';
import { scanByPosition } from '../workers/run-layer-task.ts';
import { ArchiveIndex } from './archive-index.ts';
import { CachedPackedArchive } from './cached-packed-archive.ts';
import { asArchiveError, otherFile, START_BYTES } from './file-kind.ts';
import { openSpecialFile } from './open-special-file.ts';
import { emptyInput, outerTar, readStream, type StreamInput } from './read-stream.ts';

const CHUNK_BYTES = 256 * 1024;

/** An archive on disk: read by position where it is not compressed as a whole, else as it is unpacked. */
export const archiveSource: ImageSource = {
	sourceName: 'archive',
	find: async (input, options) => ({ foundIn: null, read: () => readFile(input, options) }),
};

async function readFile(input: SourceInput, options: ReadOptions): Promise<ReadImage> {
	const { name } = input;
	const { identityKey } = input.cache;
	const label = basename(name);
	const stats = statSync(name);
	if (!stats.isFile())
		return readStream(
			{ choice: input, label, chunks: openSpecialFile(name, stats), bytes: null, identityKey },
			options,
		);
	if (stats.size === 0) throw emptyInput(label);
	const location = { path: name, start: 0, bytes: stats.size };
	const compression = await compressionOf(location);
	if (compression === 'none') return readArchive(input, location, options);
	const filesAt: StreamInput['filesAt'] = (ranges) =>
		new DiskFileReader({ label, layers: layersInPackedArchive(location, compression, ranges) });
	const cached = CachedPackedArchive.of(location, input.cache, {
		cost: readingCost(stats.size, true),
		outer: outerTar(input),
		facts: options.facts ?? [],
	});
	const bytes = stats.size;
	return readStream(
		{ choice: input, label, chunks: chunksIn(name), bytes, identityKey, filesAt, cached },
		options,
	);
}

/** Opens the file when the first chunk is asked for. */
async function* chunksIn(path: string): AsyncGenerator<Uint8Array> {
	yield* createReadStream(path, { highWaterMark: CHUNK_BYTES });
}

async function readArchive(
	input: SourceInput,
	location: BlobLocation,
	options: ReadOptions,
): Promise<ReadImage> {
	const { path } = location;
	const label = basename(path);
	const cached = CachedFileLayers.of(input.cache, readingCost(location.bytes, false));
	const outer = await scanOuter(
		location,
		{ label, cached, workers: input.workers, isFileSystem: input.over !== undefined },
		options,
	);
	const store = archiveStore(label, path, outer);
	const index = new ArchiveIndex(outer);
	const isRootFileSystem = index.looksLikeRootFileSystem;
	const picked = input.asLayer
		? null
		: await pickImage(store, input, {
				signal: options.signal,
				isRootFileSystem,
				isForgiving: options.watcher?.isForgiving === true,
			});
	if (picked) {
		const sourceKind = picked.listedBy === 'index.json' ? 'oci-archive' : 'docker-archive';
		return readPicked(input, { store, picked, sourceKind }, options);
	}
	if (!isRootFileSystem && !input.asLayer && (input.over === undefined || outer.count === 0)) {
		const other = outer.count === 0 ? otherFile(await startOf(location), label) : null;
		throw other ?? noImageIn({ label, outer, index });
	}
	return assembleImage({
		reference: input.reference,
		...singleLayer(input),
		description: describeSnapshot(location.bytes),
		others: [],
		...(await withDigests([outer], { locations: [location], workers: input.workers, options })),
		warnings: [],
		content: { locations: [location] },
		answers: cached === null ? null : addressOfLayers([{ location, keys: cached.keys }]),
		files: new DiskFileReader({ label, layers: layersOnDisk([location], [location]) }),
	});
}

function startOf(location: BlobLocation): Promise<Uint8Array> {
	return withRange(location, (range) => readStart(range, START_BYTES));
}

interface OuterScan {
	readonly label: string;
	readonly cached: CachedFileLayers | null;
	readonly workers: LayerWorkers;
	/** Whether it is a file system if it is no image: it is then held against one. */
	readonly isFileSystem: boolean;
}

/** Scans the archive itself. Its entries are the files of an image, or all of a container. */
async function scanOuter(
	location: BlobLocation,
	{ label, cached, workers, isFileSystem }: OuterScan,
	options: ReadOptions,
): Promise<Changeset> {
	const known = cached?.lookUp(location, { isFileSystem }) ?? null;
	if (known !== null) return known;
	// An archive that is new here has layers that are: until they are found, a worker has started.
	workers.start({ tasks: threadsForPlain(options), cost: readingCost(location.bytes, false) });
	const slice = new TimeSlice(options.signal);
	const scan = { budget: budgetBeside(options.budget), isFileSystem };
	try {
		const outer = await scanByPosition(location, scan, (bytesDone) => {
			if (!slice.isDue) return undefined;
			options.onProgress?.({
				phase: 'layers',
				layersDone: 0,
				layersTotal: null,
				bytesDone,
				bytesTotal: location.bytes,
			});
			return slice.yield();
		});
		cached?.store(location, outer, { isPacked: false, isFileSystem });
		return outer;
	} catch (error) {
		throw asArchiveError(error, label, await startOf(location));
	}
}
