import { createHash } from 'node:crypto';
import { MessageChannel } from 'node:worker_threads';
import { FathomError } from '../../errors.ts';
import type { HashOptions } from '../../tar/scan-stream.ts';
import type { StreamTask } from '../workers/layer-task.ts';
import { ChunkSender } from '../workers/streamed-chunks.ts';
import { type BlobRequest, blobChunks } from './blob-chunks.ts';
import { wrongDigest } from './documents.ts';
import type { RegistryClient } from './registry-client.ts';

export interface StreamedLayerInput {
	readonly client: RegistryClient;
	readonly blob: BlobRequest;
	readonly pass: HashOptions;
}

/** Streams a layer from the registry to the worker that reads its entries, and checks its digest on the way. */
export class StreamedLayer {
	/** For the worker that reads. */
	readonly task: StreamTask;
	readonly #input: StreamedLayerInput;
	readonly #sender: ChunkSender;
	#streaming: Promise<void> | null = null;

	constructor(input: StreamedLayerInput) {
		const { port1, port2 } = new MessageChannel();
		this.#input = input;
		this.#sender = new ChunkSender(port1);
		this.task = { type: 'stream', port: port2, bytes: input.blob.size, hashing: input.pass };
	}

	/**
	 * Fetches the blob and streams it to the reader. Nothing read from it may be trusted before this resolves. Further calls wait for the
	 * first one. Throws `corrupt` when the digest is wrong.
	 */
	stream(): Promise<void> {
		this.#streaming ??= this.#fetch();
		return this.#streaming;
	}

	/** To be called when the reader has failed. The rest is still fetched, because a wrong digest explains the failure. */
	stopReading(): void {
		this.#sender.close();
	}

	async #fetch(): Promise<void> {
		const { client, blob } = this.#input;
		const [algorithm] = blob.digest.split(':');
		const hash = createHash(algorithm);
		try {
			for await (const chunk of blobChunks(client, blob)) {
				hash.update(chunk);
				await this.#sender.write(chunk);
			}
		} catch (error) {
			throw isNotThere(error) ? missing(client, blob) : error;
		}
		if (`${algorithm}:${hash.digest('hex')}` !== blob.digest)
			throw wrongDigest(client.host, blob.subject, blob.digest);
		this.#sender.end();
	}
}

function isNotThere(error: unknown): boolean {
	return error instanceof FathomError && error.code === 'not-found';
}

function missing({ host }: RegistryClient, { subject }: BlobRequest): FathomError {
	return new FathomError({
		code: 'missing',
		message: `${host}: ${subject} is listed but missing.`,
		hint: 'The image is incomplete in the registry: push it again.',
	});
}
