import type { Descriptor } from '../../image/descriptor.ts';
import { unpackInSteps } from '../../tar/compression/unpack-in-steps.ts';
import type { FileAddress, FileReader } from '../file-source.ts';
import { TarsFromStart } from '../files/tars-from-start.ts';
import { asLayerError } from '../layer-error.ts';
import { sniffCompression } from '../sniff-compression.ts';
import { throwIfInterrupted } from '../time-slice.ts';
import { type BlobRequest, blobChunks, blobRequest } from './blob-chunks.ts';
import { RegistryClient, type RegistryClientInput } from './registry-client.ts';
import { TocFiles } from './toc/toc-files.ts';

export interface RegistryFilesInput extends Omit<RegistryClientInput, 'signal'> {
	/** What to call the image in errors. */
	readonly label: string;
	/** Lowest first. */
	readonly layers: readonly Descriptor[];
	/** Digests of the blobs whose positions are those of their tables of contents. */
	readonly byToc: ReadonlySet<string>;
}

/**
 * Reads the files of an image in a registry. A layer is fetched again up to the end of the file; where only its table of contents was read,
 * the file alone is fetched and checked against the table.
 */
export class RegistryFiles implements FileReader {
	readonly #input: RegistryFilesInput;
	readonly #tars = new TarsFromStart();
	#client: RegistryClient | null = null;
	#tocFiles: TocFiles | null = null;

	constructor(input: RegistryFilesInput) {
		this.#input = input;
	}

	async *open(address: FileAddress, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
		const { layers, label, byToc } = this.#input;
		const descriptor = layers[address.layerIndex];
		const subject = `layer ${address.layerIndex + 1} of ${label}`;
		try {
			const blob = blobRequest(descriptor, subject);
			const content = byToc.has(descriptor.digest)
				? this.#filesByToc().read({ blob, descriptor }, address)
				: this.#tars.read({ key: blob.digest, open: (sink) => this.#unpack(blob, sink) }, address, signal);
			yield* interruptible(content, signal);
		} catch (error) {
			throw asLayerError(error, `${label}: layer ${address.layerIndex + 1}`);
		}
	}

	async *storedLayer(layerIndex: number, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
		const { layers, label } = this.#input;
		const blob = blobRequest(layers[layerIndex], `layer ${layerIndex + 1} of ${label}`);
		yield* interruptible(blobChunks(this.#connection(), blob), signal);
	}

	async close(): Promise<void> {
		this.#client?.close();
		await this.#tars.close();
	}

	/** Made when the first file is opened, then reused. */
	#connection(): RegistryClient {
		this.#client ??= new RegistryClient({ ...this.#input, signal: undefined });
		return this.#client;
	}

	#filesByToc(): TocFiles {
		this.#tocFiles ??= new TocFiles(this.#connection());
		return this.#tocFiles;
	}

	async *#unpack(blob: BlobRequest, sink: (piece: Uint8Array) => void): AsyncGenerator<void> {
		const source = blobChunks(this.#connection(), blob);
		try {
			const { compression, chunks } = await sniffCompression(source);
			yield* unpackInSteps(chunks, compression, sink);
		} finally {
			await source.return(undefined);
		}
	}
}

/** Ends as soon as the signal is aborted, even while no data arrives. */
async function* interruptible(
	content: AsyncGenerator<Uint8Array>,
	signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
	const aborted = Promise.withResolvers<never>();
	const onAbort = (): void => {
		try {
			throwIfInterrupted(signal);
		} catch (error) {
			aborted.reject(error);
		}
	};
	aborted.promise.catch(() => {});
	signal?.addEventListener('abort', onAbort, { once: true });
	try {
		throwIfInterrupted(signal);
		for (;;) {
			const next = await Promise.race([content.next(), aborted.promise]);
			if (next.done) return;
			yield next.value;
		}
	} finally {
		signal?.removeEventListener('abort', onAbort);
		// Awaiting this would take until the next data arrives.
		void content.return(undefined).catch(() => {});
	}
}
