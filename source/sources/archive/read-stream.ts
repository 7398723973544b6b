import { addAbortSignal, Readable } from 'node:stream';
import type { CacheAddress } from '../../cache/cache-address.ts';
import { FathomError } from '../../errors.ts';
import { type Chunks, unpack } from '../../tar/compression/unpack.ts';
import type { IdentityKey } from '../../tar/content-identity.ts';
import type { FileReader } from '../file-source.ts';
import type { ByteRange } from '../files/tar-access.ts';
import type { ImageChoice, ReadImage, ReadOptions } from '../image-source.ts';
import { hashOptions, knownDigests } from '../layers/verified-layers.ts';
import { sniffCompression } from '../sniff-compression.ts';
import {
	assembleImage,
	describeSnapshot,
	type PickedImage,
	pickImage,
	singleLayer,
} from '../store/assemble-image.ts';
import type { BlobStore } from '../store/blob-store.ts';
import { noImageIn } from '../store/no-image.ts';
import { TimeSlice, throwIfInterrupted } from '../time-slice.ts';
import { peekInside, requireSaneRatio, unpackedArchive } from '../unpacked-archive.ts';
import {
	type ArchiveContents,
	archiveContents,
	endArchive,
	layersIn,
	rangeOf,
	storedNameOf,
} from './archive-contents.ts';
import type { CachedPackedArchive } from './cached-packed-archive.ts';
import { asArchiveError } from './file-kind.ts';
import { patientChunks } from './patient-chunks.ts';
import { type OuterTar, StreamedArchive } from './streamed-archive.ts';

export interface StreamInput {
	readonly choice: ImageChoice;
	/** What the identities of the contents depend on. */
	readonly identityKey: IdentityKey;
	/** What to call it in messages. */
	readonly label: string;
	readonly chunks: Chunks;
	/** Bytes of the stream, where they are known. */
	readonly bytes: number | null;
	/** How many layers are to come, where that is known. */
	readonly layerCount?: number;
	/** Reads layers again that are at these ranges of the unpacked archive; absent where it can be read only once. */
	readonly filesAt?: (ranges: readonly ByteRange[]) => FileReader;
	/** The archive in the cache; absent where it is not cached. */
	readonly cached?: CachedPackedArchive | null;
}

/** Reads an archive, packed or not, as it passes: once, from start to end, without a copy. Throws `FathomError`. */
export async function readStream(input: StreamInput, options: ReadOptions): Promise<ReadImage> {
	const { cached = null, label } = input;
	const known = cached?.lookUp() ?? null;
	// What was stored is what one image took; whatever is missing for another one, or is wrong with it, shows when all is read.
	const found = known && (await imageIn(archiveContents(known, label), input, options).catch(() => null));
	if (found !== null) return found.image;
	const contents = await readContents(input, options);
	const { image, taken } = await imageIn(contents, input, options);
	cached?.store(contents, taken);
	return image;
}

/** The image that the options pick, and which files of the archive it is made of. */
async function imageIn(contents: ArchiveContents, input: StreamInput, options: ReadOptions) {
	const { index, store } = contents;
	const documents = new Set<string>();
	const noting: BlobStore = {
		...store,
		document: (name) => {
			documents.add(storedNameOf(index, name));
			return store.document(name);
		},
	};
	const picked = input.choice.asLayer
		? null
		: await pickImage(noting, input.choice, {
				signal: options.signal,
				isRootFileSystem: index.looksLikeRootFileSystem,
			});
	const names = picked?.found.layers.map(({ name }) => storedNameOf(index, name)) ?? [];
	const layers = names.filter((_, layer) => !picked?.isAbsent[layer]);
	const answers = input.cached?.addressOf(names) ?? null;
	const image = picked
		? assemblePicked({ input, contents, picked, answers }, options)
		: assembleSnapshot({ input, contents, answers }, options);
	return { image, taken: { documents: [...documents], layers } };
}

function assembleSnapshot(
	{ input, contents, answers }: Omit<Picked, 'picked'>,
	options: ReadOptions,
): ReadImage {
	const { label } = input;
	const { outer, index } = contents;
	const { asLayer, over } = input.choice;
	const isTaken = index.looksLikeRootFileSystem || asLayer || (over !== undefined && outer.count > 0);
	if (!isTaken) throw noImageIn({ label, outer, index });
	if (contents.isTailCut) throw longTail(label);
	return assembleImage({
		reference: input.choice.reference,
		...singleLayer(input.choice),
		description: describeSnapshot(outer.unpackedBytes),
		others: [],
		changesets: [outer],
		diffIdOf: knownDigests([outer], options),
		warnings: [],
		content: null,
		answers,
		files: input.filesAt?.([{ start: 0, bytes: outer.unpackedBytes }]) ?? null,
	});
}

/** Takes in an archive as it passes: its documents whole, its layers scanned. Throws `FathomError`, and what the stream throws. */
async function readContents(input: StreamInput, options: ReadOptions): Promise<ArchiveContents> {
	const { label } = input;
	const archive = new StreamedArchive(hashOptions(options, input.identityKey), outerTar(input.choice));
	// A pipe may be silent for as long as it likes, and nothing else would end the waiting.
	if (options.signal && input.chunks instanceof Readable) addAbortSignal(options.signal, input.chunks);
	let isTailCut = false;
	try {
		await stream(input, archive, options);
	} catch (error) {
		throwIfInterrupted(options.signal);
		if (!(error instanceof TailCut)) throw asArchiveError(error, label, archive.start);
		isTailCut = true;
	}
	return { ...endArchive(archive, label), isTailCut };
}

/** What fills the last record of a tape or the end of a disk is less; a stream of zeros is an empty archive that never ends. */
const MOST_TAIL_BYTES = 64 * 1024 * 1024;

/** Ends the reading of a stream that goes on behind the end of the archive. */
class TailCut extends Error {}

/** Of a tar that is itself the layer, all bytes count. */
function longTail(label: string): FathomError {
	return new FathomError({
		code: 'too-large',
		message: `${label}: more than ${MOST_TAIL_BYTES / 1024 / 1024} MiB follow the end of the tar.`,
		hint: 'Write it to a file, and open that.',
	});
}

/** What is held against an image is a file system. Both that and a layer are compared, which takes the identities of all files. */
export function outerTar({ asLayer = false, over }: ImageChoice): OuterTar {
	return { isLayer: asLayer || over !== undefined, isFileSystem: over !== undefined };
}

async function stream(input: StreamInput, archive: StreamedArchive, options: ReadOptions): Promise<void> {
	let bytesDone = 0;
	const slice = new TimeSlice(options.signal, () =>
		options.onProgress?.({
			phase: 'layers',
			layersDone: archive.layerCount,
			layersTotal: input.layerCount ?? null,
			bytesDone,
			bytesTotal: input.bytes,
		}),
	);
	const { compression, chunks, isEmpty } = await sniffCompression(input.chunks);
	if (isEmpty) throw emptyInput(input.label);
	const counted = async function* (): AsyncGenerator<Uint8Array> {
		for await (const chunk of patientChunks(chunks, input.chunks, () => archive.isUndecided)) {
			yield chunk;
			bytesDone += chunk.length;
		}
	};
	const settle = async (): Promise<void> => {
		for (; archive.isBehind; archive.step()) await slice.yield();
		await slice.yield();
	};
	const pause = () => (archive.isBehind || slice.isDue ? settle() : undefined);
	const take = (piece: Uint8Array): void => {
		archive.write(piece);
		if (archive.bytesBehindEnd > MOST_TAIL_BYTES) throw new TailCut();
	};
	const inside = await peekInside(counted(), compression);
	if (compression === 'none' || inside.inner === 'none') {
		await unpack(inside.chunks, compression, take, pause);
		await settle();
		return;
	}
	for await (const piece of unpackedArchive(inside.chunks, compression)) {
		take(piece);
		requireSaneRatio(bytesDone, archive.position);
		await settle();
	}
}

/** For an archive of no bytes at all. */
export function emptyInput(label: string): FathomError {
	return new FathomError({
		code: 'not-an-image',
		message: `${label} is empty.`,
		hint: 'Save the image again, for example with: docker save NAME -o image.tar',
	});
}

interface Picked {
	readonly input: StreamInput;
	readonly contents: ArchiveContents;
	readonly picked: PickedImage;
	readonly answers: CacheAddress | null;
}

function assemblePicked({ input, contents, picked, answers }: Picked, options: ReadOptions): ReadImage {
	const placed = picked.found.layers.map((layer, index) => ({ ...layer, isAbsent: picked.isAbsent[index] }));
	const changesets = layersIn(contents, placed, input.label);
	return assembleImage({
		reference: input.choice.reference,
		sourceKind: picked.listedBy === 'index.json' ? 'oci-archive' : 'docker-archive',
		description: picked.description,
		others: picked.others,
		choices: picked.choices,
		changesets,
		diffIdOf: knownDigests(changesets, options),
		warnings: picked.warnings,
		notices: picked.notices,
		provenance: picked.provenance,
		content: null,
		answers,
		files: input.filesAt?.(picked.found.layers.map(({ name }) => rangeOf(contents, name))) ?? null,
	});
}
