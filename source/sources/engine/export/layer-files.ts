import { FathomError } from '../../../errors.ts';
import type { Chunks } from '../../../tar/compression/unpack.ts';
import { unpackInSteps } from '../../../tar/compression/unpack-in-steps.ts';
import { TarError } from '../../../tar/tar-error.ts';
import type { FileAddress, FileReader } from '../../file-source.ts';
import { TarsFromStart } from '../../files/tars-from-start.ts';
import { asLayerError } from '../../layer-error.ts';
import { sniffCompression } from '../../sniff-compression.ts';
import { throwIfInterrupted } from '../../time-slice.ts';
import { truncatedExport } from './export-error.ts';

export interface EngineLayers {
	/** The engine, and the image in it, for messages. */
	readonly engine: string;
	readonly name: string;
	/** Two layers with the same key are the same. */
	readonly keyOf: (layerIndex: number) => string;
	/** The blob of a layer as the engine stores it, compressed or not. The signal ends the transfer. */
	readonly blob: (layerIndex: number, signal: AbortSignal) => Chunks;
}

/** Reads files of layers that an engine sends from the start. A layer stays open for the next file in it. */
export function layerFiles({ engine, name, keyOf, blob }: EngineLayers): FileReader {
	const tars = new TarsFromStart();
	const openTransfers = new Set<AbortController>();
	const openTar = (layerIndex: number) =>
		async function* (sink: (piece: Uint8Array) => void): AsyncGenerator<void> {
			const transfer = new AbortController();
			openTransfers.add(transfer);
			try {
				const { compression, chunks } = await sniffCompression(blob(layerIndex, transfer.signal));
				yield* unpackInSteps(chunks, compression, sink);
			} finally {
				openTransfers.delete(transfer);
				transfer.abort();
			}
		};
	async function* storedLayer(layerIndex: number, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
		const transfer = new AbortController();
		const stop = (): void => transfer.abort();
		signal?.addEventListener('abort', stop, { once: true });
		openTransfers.add(transfer);
		try {
			yield* blob(layerIndex, transfer.signal);
		} catch (error) {
			throwIfInterrupted(signal);
			throw error instanceof FathomError ? error : truncatedExport(engine, name, error);
		} finally {
			signal?.removeEventListener('abort', stop);
			openTransfers.delete(transfer);
			transfer.abort();
		}
	}
	async function* read(address: FileAddress, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
		const { layerIndex } = address;
		// While the engine has not sent its first byte, nothing but this would end the wait.
		const stop = (): void => {
			for (const transfer of openTransfers) transfer.abort();
		};
		signal?.addEventListener('abort', stop, { once: true });
		try {
			yield* tars.read({ key: keyOf(layerIndex), open: openTar(layerIndex) }, address, signal);
		} catch (error) {
			throwIfInterrupted(signal);
			if (error instanceof TarError) throw asLayerError(error, `${name}: layer ${layerIndex + 1}`);
			throw error instanceof FathomError ? error : truncatedExport(engine, name, error);
		} finally {
			signal?.removeEventListener('abort', stop);
		}
	}
	return { open: read, storedLayer, close: () => tars.close() };
}
