import type { MessagePort } from 'node:worker_threads';
import { copyOf } from '../columns/copy-of.ts';

/** So many bytes are gathered before they are sent, as each message costs about as much as copying them. */
const MESSAGE_BYTES = 256 * 1024;

/** So many bytes may be on their way; whoever feeds waits beyond. */
const MOST_AHEAD_BYTES = 2 * 1024 * 1024;

/** Gives chunks to whoever reads `fedChunks` at the other end of a channel, on this thread or another, no faster than they are read. */
export class ChunkFeeder {
	readonly #port: MessagePort;
	readonly #buffer = new Uint8Array(MESSAGE_BYTES);
	#gathered = 0;
	#ahead = 0;
	#isClosed = false;
	#wake: () => void = () => {};

	constructor(port: MessagePort) {
		this.#port = port;
		port.on('message', (takenBytes: number) => {
			this.#ahead -= takenBytes;
			this.#wake();
		});
	}

	/** Takes a copy of the chunk, and waits while enough is on its way. */
	async write(chunk: Uint8Array): Promise<void> {
		for (let offset = 0; offset < chunk.length; ) {
			const piece = chunk.subarray(offset, offset + MESSAGE_BYTES - this.#gathered);
			this.#buffer.set(piece, this.#gathered);
			this.#gathered += piece.length;
			offset += piece.length;
			if (this.#gathered === MESSAGE_BYTES) this.#send();
		}
		while (this.#ahead >= MOST_AHEAD_BYTES && !this.#isClosed) {
			await new Promise<void>((resolve) => {
				this.#wake = resolve;
			});
		}
	}

	/** To be called after the last chunk. */
	end(): void {
		this.#send();
		if (!this.#isClosed) this.#port.postMessage(null);
	}

	/** Ends the channel: what is written from now on goes nowhere, and whoever waits goes on. */
	close(): void {
		this.#isClosed = true;
		this.#port.close();
		this.#wake();
	}

	#send(): void {
		if (this.#gathered === 0) return;
		const message = copyOf(this.#buffer.subarray(0, this.#gathered));
		this.#gathered = 0;
		if (this.#isClosed) return;
		this.#ahead += message.length;
		this.#port.postMessage(message, [message.buffer as ArrayBuffer]);
	}
}

/** What a `ChunkFeeder` at the other end of the channel writes. Throws when the channel is closed before the end. */
export async function* fedChunks(port: MessagePort): AsyncGenerator<Uint8Array> {
	const queue: (Uint8Array | null)[] = [];
	let isClosed = false;
	let wake: () => void = () => {};
	port.on('message', (message: Uint8Array | null) => {
		queue.push(message);
		wake();
	});
	port.once('close', () => {
		isClosed = true;
		wake();
	});
	try {
		for (;;) {
			const message = queue.shift();
			if (message === null) return;
			if (message !== undefined) {
				yield message;
				if (!isClosed) port.postMessage(message.length);
			} else if (isClosed) throw new Error('The channel was closed before the end.');
			else {
				await new Promise<void>((resolve) => {
					wake = resolve;
				});
			}
		}
	} finally {
		port.close();
	}
}
