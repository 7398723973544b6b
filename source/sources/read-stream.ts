import { FathomError, messageOf } from '../errors.ts';
import type { Changeset } from '../tar/changeset.ts';
import { type Compression, detectCompression, MAGIC_BYTES } from '../tar/compression.ts';
import type { IdentityKey } from '../tar/content-identity.ts';
import { BLOCK_BYTES } from '../tar/header.ts';
import { invalidHeader, truncated } from '../tar/tar-fault.ts';
import { type Chunks, unpack } from '../tar/unpack.ts';
import { ArchiveIndex } from './archive-index.ts';
import {
	assembleImage,
	describeSnapshot,
	noImageIn,
	type PickedImage,
	pickImage,
	snapshotNotice,
} from './assemble-image.ts';
import type { BlobStore } from './blob-store.ts';
import { Breather } from './breathe.ts';
import type { FoundLayer } from './find-images.ts';
import type { FileReader, OpenOptions, ReadImage } from './image-source.ts';
import { locateFault } from './locate-fault.ts';
import { StreamedArchive, type StreamedFile } from './stream-archive.ts';
import type { Place } from './tar-access.ts';
import { passedDigests, passOptions } from './verified-layers.ts';

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
	readonly filesAt?: (places: readonly Place[]) => FileReader;
}

/** An archive of which all has passed. */
export interface PassedArchive {
	readonly archive: StreamedArchive;
	/** The entries of the archive itself. */
	readonly outer: Changeset;
	readonly index: ArchiveIndex;
	readonly store: BlobStore;
}

/** Takes in an archive as it passes: its documents whole, its layers scanned. Throws `FathomError`, and what the stream throws. */
export async function passArchive(input: StreamInput, options: OpenOptions): Promise<PassedArchive> {
	const { label } = input;
	const archive = new StreamedArchive(passOptions(options, input.identityKey));
	try {
		await pour(input, archive, options);
	} catch (error) {
		throw locateFault(error, label);
	}
	return endArchive(archive, label);
}

/** To be called once all of an archive was written. Throws `truncated` when it ends in the middle of something. */
export function endArchive(archive: StreamedArchive, label: string): PassedArchive {
	try {
		const outer = archive.finish();
		const index = new ArchiveIndex(outer);
		return { archive, outer, index, store: streamStore(label, archive, outer) };
	} catch (error) {
		throw locateFault(error, label);
	}
}

/** Reads an archive, packed or not, as it passes: once, from start to end, without a copy. Throws `FathomError`. */
export async function readStream(input: StreamInput, options: OpenOptions): Promise<ReadImage> {
	const { label } = input;
	const passed = await passArchive(input, options);
	const { outer, index, store } = passed;
	const picked = await pickImage(store, options, index.looksLikeRootFileSystem);
	if (picked) return assemblePicked({ input, passed, picked }, options);
	if (!index.looksLikeRootFileSystem) throw noImageIn(outer, label);
	return assembleImage({
		reference: input.reference,
		sourceKind: 'container-snapshot',
		description: describeSnapshot(outer.unpackedBytes),
		others: [],
		changesets: [outer],
		diffIdOf: passedDigests([outer], options),
		warnings: [],
		notices: [snapshotNotice],
		content: null,
		files: input.filesAt?.([{ start: 0, bytes: outer.unpackedBytes }]) ?? null,
	});
}

async function pour(input: StreamInput, archive: StreamedArchive, options: OpenOptions): Promise<void> {
	let bytesDone = 0;
	const breather = new Breather(options.signal, () =>
		options.onProgress?.({
			phase: 'layers',
			layersDone: archive.layerCount,
			layersTotal: input.layerCount ?? null,
			bytesDone,
			bytesTotal: input.bytes,
		}),
	);
	const { compression, chunks } = await sniff(input);
	const counted = async function* (): AsyncGenerator<Uint8Array> {
		for await (const chunk of chunks) {
			yield chunk;
			bytesDone += chunk.length;
			await breather.breathe();
		}
	};
	await unpack(counted(), compression, (piece) => archive.write(piece));
}

/** Tells how a stream is packed by its first bytes, and gives them back in front of the rest. */
async function sniff({ chunks, label }: StreamInput): Promise<{ compression: Compression; chunks: Chunks }> {
	const iterator = chunks[Symbol.asyncIterator]();
	let start: Uint8Array = new Uint8Array(0);
	while (start.length < MAGIC_BYTES) {
		const next = await iterator.next();
		if (next.done) break;
		start = Buffer.concat([start, next.value]);
	}
	if (start.length === 0) throw emptyInput(label);
	const first = start;
	const whole = async function* (): AsyncGenerator<Uint8Array> {
		yield first;
		yield* { [Symbol.asyncIterator]: () => iterator };
	};
	return { compression: detectCompression(start), chunks: whole() };
}

/** For an archive of no bytes at all. */
export function emptyInput(label: string): FathomError {
	return new FathomError({
		code: 'not-an-image',
		message: `${label} is empty.`,
		hint: 'Save the image again, for example with: docker save NAME -o image.tar',
	});
}

function streamStore(label: string, archive: StreamedArchive, outer: Changeset): BlobStore {
	const index = new ArchiveIndex(outer);
	return {
		label,
		sizeOf: (name) => {
			const found = index.find(name);
			return found && outer.sizes[found.entry];
		},
		document: async (name) => {
			const found = index.find(name);
			if (found === null) return null;
			const file = archive.files.get(found.name);
			return file?.type === 'document' ? file.bytes : new Uint8Array(0);
		},
	};
}

interface Picked {
	readonly input: StreamInput;
	readonly passed: PassedArchive;
	readonly picked: PickedImage;
}

function assemblePicked({ input, passed, picked }: Picked, options: OpenOptions): ReadImage {
	const changesets = passedLayers(passed, picked.found.layers, input.label);
	return assembleImage({
		reference: input.reference,
		sourceKind: picked.listedBy === 'manifest.json' ? 'docker-archive' : 'oci-archive',
		description: picked.description,
		others: picked.others,
		changesets,
		diffIdOf: passedDigests(changesets, options),
		warnings: picked.warnings,
		notices: picked.notices,
		content: null,
		files: input.filesAt?.(picked.found.layers.map(({ name }) => placeOf(passed, name))) ?? null,
	});
}

/** Where a file of the archive lies in it. */
function placeOf({ index, outer }: PassedArchive, name: string): Place {
	const found = index.find(name);
	return found === null
		? { start: 0, bytes: 0 }
		: { start: outer.positions[found.entry], bytes: outer.sizes[found.entry] };
}

/** The layers of an image that was found in an archive that has passed. Throws `FathomError`, with `label` in front, for one that is none. */
export function passedLayers(
	{ archive, index }: PassedArchive,
	layers: readonly Pick<FoundLayer, 'name'>[],
	label: string,
): readonly Changeset[] {
	return layers.map(({ name }, number) => {
		const file = archive.files.get(index.find(name)?.name ?? name);
		if (file?.type === 'layer') return file.changeset;
		throw layerFault(file, `${label}: layer ${number + 1}`);
	});
}

function layerFault(file: StreamedFile | undefined, where: string): unknown {
	const fault = faultOf(file);
	const located = locateFault(fault, where);
	if (located instanceof FathomError) return located;
	return new FathomError({
		code: 'unsupported',
		message: `${where}: ${messageOf(fault)}.`,
		hint: 'Open the archive as an uncompressed file, or unpack it and open the folder.',
		cause: fault,
	});
}

/** Why a file is no layer. */
function faultOf(file: StreamedFile | undefined): unknown {
	if (file?.type === 'other') return file.fault;
	const bytes = file?.type === 'document' ? file.bytes.length : 0;
	return bytes < BLOCK_BYTES ? truncated(bytes) : invalidHeader(0);
}
