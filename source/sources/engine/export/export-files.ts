import { FathomError } from '../../../errors.ts';
import { newIdentityKey } from '../../../tar/content-identity.ts';
import type { ContentSink } from '../../../tar/contents/content-sink.ts';
import { literalPathOf } from '../../../tar/entry-path.ts';
import type { TarEntry } from '../../../tar/headers/tar-entry.ts';
import { StreamScan } from '../../../tar/scan-stream.ts';
import { decodeName } from '../../../text/decode-name.ts';
import type { FileReader } from '../../file-source.ts';
import type { ImageExport, LayerNames } from '../engine-image.ts';
import { layerFiles } from './layer-files.ts';

export interface ExportFiles {
	/** The engine, and the image in it, for messages. */
	readonly engine: string;
	readonly name: string;
	/** The names that each layer's file may have in an export, lowest layer first. */
	readonly names: readonly LayerNames[];
	readonly open: ImageExport['open'];
	/** Finds those names by reading an export to its end. */
	readonly learnNames: (signal: AbortSignal | undefined) => Promise<readonly LayerNames[]>;
}

/** Reads files of an engine's image: exports the image again up to the file, and on from there for files further on. */
export function exportFiles(image: ExportFiles): FileReader {
	const { engine, name } = image;
	let { names } = image;
	return layerFiles({
		engine,
		name,
		keyOf: String,
		async *blob(layerIndex, signal) {
			if (yield* layerIn(image, names[layerIndex], signal)) return;
			names = await image.learnNames(signal);
			if (yield* layerIn(image, names[layerIndex], signal)) return;
			throw new FathomError({
				code: 'missing',
				message: `${engine}: the export of ${name} does not contain layer ${layerIndex + 1}.`,
				hint: 'The name may belong to another image by now: open it again.',
			});
		},
	});
}

/** The file of a layer in an export, up to its end. Returns whether the export has it. */
async function* layerIn(
	{ open }: ExportFiles,
	names: LayerNames,
	signal: AbortSignal,
): AsyncGenerator<Uint8Array, boolean> {
	const layer = new LayerSink();
	const scan = new StreamScan({
		identityKey: newIdentityKey(),
		largestVerifiedBytes: 0,
		expectedBytes: 0,
		onEntry: (entry, index) => (index >= 0 && isLayer(entry, names) ? layer : ignored),
	});
	for await (const chunk of await open(signal)) {
		scan.write(chunk);
		yield* layer.take();
		if (layer.hasEnded) return true;
	}
	scan.finish();
	return false;
}

const ignored: ContentSink = { write: () => {}, end: () => {} };

class LayerSink implements ContentSink {
	hasEnded = false;
	#pieces: Uint8Array[] = [];

	write(piece: Uint8Array): void {
		this.#pieces.push(piece);
	}

	end(): void {
		this.hasEnded = true;
	}

	/** Views of the chunk that was scanned last. */
	take(): readonly Uint8Array[] {
		const pieces = this.#pieces;
		this.#pieces = [];
		return pieces;
	}
}

function isLayer(entry: TarEntry, names: LayerNames): boolean {
	const path = entry.contentBytes === 0 ? null : literalPathOf(entry);
	return path !== null && names.includes(decodeName(path));
}
