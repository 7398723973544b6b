import { FathomError } from '../../errors.ts';
import { newIdentityKey } from '../../tar/content-identity.ts';
import type { TarEntry } from '../../tar/entry-decoder.ts';
import { literalPathOf } from '../../tar/entry-path.ts';
import { type ContentSink, StreamScan } from '../../tar/scan-stream.ts';
import type { Chunks } from '../../tar/unpack.ts';
import { decodeName } from '../../text/decode-name.ts';
import { throwIfInterrupted } from '../breathe.ts';
import type { FilePlace, FileReader } from '../image-source.ts';
import { brokenOff } from './engine-fault.ts';
import type { ImageExport, LayerNames } from './engine-image.ts';
import { LayerSlice } from './layer-slice.ts';

export interface ExportFiles {
	/** The engine, and the image in it, for messages. */
	readonly engine: string;
	readonly name: string;
	/** What the layers' files in an export may be called, lowest first. */
	readonly names: readonly LayerNames[];
	readonly open: ImageExport['open'];
	/** Finds out from a whole export what they are called. */
	readonly learnNames: (signal: AbortSignal | undefined) => Promise<readonly LayerNames[]>;
}

/** Reads files of an engine's image: the image is exported again, and the engine stopped once the file has come. */
export function exportFiles(image: ExportFiles): FileReader {
	return {
		open: (place, signal) => readFile(image, place, signal),
		close: async () => {},
	};
}

async function* readFile(
	image: ExportFiles,
	place: FilePlace,
	signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
	const { open, learnNames, names } = image;
	const isFound = yield* passing(
		image,
		() => open(signal),
		{ place, names: names[place.layerIndex] },
		signal,
	);
	if (isFound) return;
	const learned = await learnNames(signal);
	const wanted = { place, names: learned[place.layerIndex] };
	if (yield* passing(image, () => open(signal), wanted, signal)) return;
	throw new FathomError({
		code: 'missing',
		message: `${image.engine}: the export of ${image.name} does not hold layer ${place.layerIndex + 1}.`,
		hint: 'The name may have got another image in the meantime: open it again.',
	});
}

interface Wanted {
	readonly place: FilePlace;
	readonly names: LayerNames;
}

/** Gives the content as it passes; whether the layer was there. */
async function* passing(
	{ engine, name }: ExportFiles,
	open: () => Promise<Chunks>,
	wanted: Wanted,
	signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, boolean> {
	const slice = new LayerSlice(wanted.place);
	const scan = new StreamScan({
		identityKey: newIdentityKey(),
		largestVerifiedBytes: 0,
		expectedBytes: 0,
		onEntry: (entry) => (isLayer(entry, wanted.names) ? slice : ignored),
	});
	try {
		for await (const chunk of await open()) {
			throwIfInterrupted(signal);
			scan.write(chunk);
			yield* slice.take();
			if (slice.isDone) return true;
		}
	} catch (error) {
		throwIfInterrupted(signal);
		throw error instanceof FathomError ? error : brokenOff(engine, name, error);
	} finally {
		slice.close();
	}
	if (slice.hasBegun) throw brokenOff(engine, name, new Error('the layer ends before the file'));
	return false;
}

const ignored: ContentSink = { write: () => {}, end: () => {} };

function isLayer(entry: TarEntry, names: LayerNames): boolean {
	const path = entry.contentBytes === 0 ? null : literalPathOf(entry);
	return path !== null && names.includes(decodeName(path));
}
