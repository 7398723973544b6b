import { createHash } from 'node:crypto';
import { MessageChannel } from 'node:worker_threads';
import { FathomError } from '../../errors.ts';
import type { Descriptor } from '../../image/descriptor.ts';
import type { HashOptions } from '../../tar/scan-stream.ts';
import { shorten } from '../../text/shorten.ts';
import type { StreamTask } from '../workers/layer-task.ts';
import { ChunkSender } from '../workers/streamed-chunks.ts';
import { type BlobRequest, blobChunks } from './blob-chunks.ts';
import { wrongDigest } from './documents.ts';
import type { RegistryClient } from './registry-client.ts';

export interface StreamedLayerInput {
	readonly client: RegistryClient;
	readonly descriptor: Descriptor;
	readonly blob: BlobRequest;
	readonly pass: HashOptions;
}

/** A layer on its way from the registry to whoever reads its entries, checked as it passes. */
export class StreamedLayer {
	/** For the one who reads. */
	readonly task: StreamTask;
	readonly #input: StreamedLayerInput;
	readonly #feeder: ChunkSender;
	#feeding: Promise<void> | null = null;

	constructor(input: StreamedLayerInput) {
		const { port1, port2 } = new MessageChannel();
		this.#input = input;
		this.#feeder = new ChunkSender(port1);
		this.task = { type: 'pass', port: port2, bytes: input.blob.size, pass: input.pass };
	}

	/**
	 * Fetches the blob and feeds it. Throws `corrupt` where its digest is another; until this is done nothing that was read of it may be
	 * trusted. To be called again only to wait for the same.
	 */
	feed(): Promise<void> {
		this.#feeding ??= this.#feed();
		return this.#feeding;
	}

	/** The one who reads has given up: what is left is fetched all the same, so that its digest tells who is to blame. */
	stopReading(): void {
		this.#feeder.close();
	}

	async #feed(): Promise<void> {
		const { client, blob, descriptor } = this.#input;
		const [algorithm] = blob.digest.split(':');
		const hash = createHash(algorithm);
		try {
			for await (const chunk of blobChunks(client, blob)) {
				hash.update(chunk);
				await this.#feeder.write(chunk);
			}
		} catch (error) {
			throw isNotThere(error) ? missing(client, blob, descriptor) : error;
		}
		if (`${algorithm}:${hash.digest('hex')}` !== blob.digest)
			throw wrongDigest(client.host, blob.asked, blob.digest);
		this.#feeder.end();
	}
}

function isNotThere(error: unknown): boolean {
	return error instanceof FathomError && error.code === 'not-found';
}

/** Layers of Windows may be kept at their maker's alone (OCI image specification, layer.md, "Non-Distributable Layers"). */
function missing({ host }: RegistryClient, { asked }: BlobRequest, { urls }: Descriptor): FathomError {
	const [url] = urls;
	return new FathomError({
		code: 'missing',
		message:
			url === undefined
				? `${host}: ${asked} is listed but missing.`
				: `${host}: ${asked} is not there, but kept elsewhere (${shorten(url)}).`,
		hint:
			url === undefined
				? 'The image is incomplete in the registry: push it again.'
				: 'fathom does not ask other places: pull the image with an engine and open it from there.',
	});
}
