import { addAbortSignal, Readable } from 'node:stream';
import { FathomError } from '../../errors.ts';
import type { IdentityKey } from '../../tar/content-identity.ts';
import { type Chunks, unpack } from '../../tar/unpack.ts';
import type { ByteRange } from '../files/tar-access.ts';
import type { AnswerPlace, FileReader, OpenOptions, ReadImage } from '../image-source.ts';
import { asLayerError } from '../layer-error.ts';
import { hashOptions, knownDigests } from '../layers/verified-layers.ts';
import { sniffCompression } from '../sniff-compression.ts';
import {
	assembleImage,
	describeSnapshot,
	noImageIn,
	type PickedImage,
	pickImage,
	snapshotNotice,
} from '../store/assemble-image.ts';
import type { BlobStore } from '../store/blob-store.ts';
import { TimeSlice, throwIfInterrupted } from '../time-slice.ts';
import {
	type ArchiveContents,
	archiveContents,
	endArchive,
	layersIn,
	nameOf,
	rangeOf,
} from './archive-contents.ts';
import type { PackedArchiveMemory } from './packed-archive-memory.ts';
import { StreamedArchive } from './streamed-archive.ts';

export interface StreamInput {
	/** What the identities of the contents depend on. */
	readonly identityKey: IdentityKey;
	/** As the user wrote it. */
	readonly reference: string;
	/** What to call it in messages. */
	readonly label: string;
	readonly chunks: Chunks;
	/** Bytes of the stream, where they are known. */
	readonly bytes: number | null;
	/** How many layers are to come, where that is known. */
	readonly layerCount?: number;
	/** Reads layers again that lie at these places of the unpacked archive; absent where it can be had only once. */
	readonly filesAt?: (places: readonly ByteRange[]) => FileReader;
	/** What the cache has of the archive; absent where it is not looked for. */
	readonly memory?: PackedArchiveMemory | null;
}

/** Reads an archive, packed or not, as it passes: once, from start to end, without a copy. Throws `FathomError`. */
export async function readStream(input: StreamInput, options: OpenOptions): Promise<ReadImage> {
	const { memory = null, label } = input;
	const known = memory?.find() ?? null;
	// What was kept is what one image took; whatever is missing for another one, or is wrong with it, shows when all is read.
	const found = known && (await imageIn(archiveContents(known, label), input, options).catch(() => null));
	if (found !== null) return found.image;
	const passed = await passArchive(input, options);
	const { image, taken } = await imageIn(passed, input, options);
	memory?.keep(passed, taken);
	return image;
}

/** The image that the options pick, and which files of the archive it is made of. */
async function imageIn(passed: ArchiveContents, input: StreamInput, options: OpenOptions) {
	const { index, store } = passed;
	const documents = new Set<string>();
	const noting: BlobStore = {
		...store,
		document: (name) => {
			documents.add(nameOf(index, name));
			return store.document(name);
		},
	};
	const picked = await pickImage(noting, options, index.looksLikeRootFileSystem);
	const layers = picked?.found.layers.map(({ name }) => nameOf(index, name)) ?? [];
	const answers = input.memory?.answersAbout(layers) ?? null;
	const image = picked
		? assemblePicked({ input, passed, picked, answers }, options)
		: assembleSnapshot({ input, passed, answers }, options);
	return { image, taken: { documents: [...documents], layers } };
}

function assembleSnapshot(
	{ input, passed, answers }: Omit<Picked, 'picked'>,
	options: OpenOptions,
): ReadImage {
	const { label } = input;
	const { outer, index } = passed;
	if (!index.looksLikeRootFileSystem) throw noImageIn(outer, label);
	return assembleImage({
		reference: input.reference,
		sourceKind: 'container-snapshot',
		description: describeSnapshot(outer.unpackedBytes),
		others: [],
		changesets: [outer],
		diffIdOf: knownDigests([outer], options),
		warnings: [],
		notices: [snapshotNotice],
		content: null,
		answers,
		files: input.filesAt?.([{ start: 0, bytes: outer.unpackedBytes }]) ?? null,
	});
}

/** Takes in an archive as it passes: its documents whole, its layers scanned. Throws `FathomError`, and what the stream throws. */
async function passArchive(input: StreamInput, options: OpenOptions): Promise<ArchiveContents> {
	const { label } = input;
	const archive = new StreamedArchive(hashOptions(options, input.identityKey));
	// A pipe may be silent for as long as it likes, and nothing else would end the waiting.
	if (options.signal && input.chunks instanceof Readable) addAbortSignal(options.signal, input.chunks);
	try {
		await stream(input, archive, options);
	} catch (error) {
		throwIfInterrupted(options.signal);
		throw asLayerError(error, label);
	}
	return endArchive(archive, label);
}

async function stream(input: StreamInput, archive: StreamedArchive, options: OpenOptions): Promise<void> {
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
		for await (const chunk of chunks) {
			yield chunk;
			bytesDone += chunk.length;
			await slice.yield();
		}
	};
	await unpack(counted(), compression, (piece) => archive.write(piece));
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
	readonly passed: ArchiveContents;
	readonly picked: PickedImage;
	readonly answers: AnswerPlace | null;
}

function assemblePicked({ input, passed, picked, answers }: Picked, options: OpenOptions): ReadImage {
	const changesets = layersIn(passed, picked.found.layers, input.label);
	return assembleImage({
		reference: input.reference,
		sourceKind: picked.listedBy === 'manifest.json' ? 'docker-archive' : 'oci-archive',
		description: picked.description,
		others: picked.others,
		changesets,
		diffIdOf: knownDigests(changesets, options),
		warnings: picked.warnings,
		notices: picked.notices,
		content: null,
		answers,
		files: input.filesAt?.(picked.found.layers.map(({ name }) => rangeOf(passed, name))) ?? null,
	});
}
