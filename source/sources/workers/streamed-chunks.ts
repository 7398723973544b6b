import type { MessagePort } from 'node:worker_threads';

/** Bytes are gathered into messages of this size, as each message costs about as much as copying it. */
const MESSAGE_BYTES = 256 * 1024;

/** This many buffers go back and forth; the sender waits for one to come back. */
const MOST_BUFFERS = 8;

/** Sends chunks to the reader of `streamedChunks` at the other end of a channel, on this thread or another, no faster than they are read. */
export class ChunkSender {
	readonly #port: MessagePort;
	readonly #free: ArrayBuffer[] = [];
	#buffers = 0;
	#current: Uint8Array | null = null;
	#filled = 0;
	#isClosed = false;
	#wake: () => void = () => {};

	constructor(port: MessagePort) {
		this.#port = port;
		port.on('message', (buffer: ArrayBuffer) => {
			this.#free.push(buffer);
			this.#wake();
		});
	}

	/** Takes a copy of the chunk, and waits while enough is on its way. */
	async write(chunk: Uint8Array): Promise<void> {
		for (let offset = 0; offset < chunk.length && !this.#isClosed; ) {
			this.#current ??= await this.#nextBuffer();
			const piece = chunk.subarray(offset, offset + MESSAGE_BYTES - this.#filled);
			this.#current.set(piece, this.#filled);
			this.#filled += piece.length;
			offset += piece.length;
			if (this.#filled === MESSAGE_BYTES) this.#send();
		}
	}

	/** To be called after the last chunk. */
	end(): void {
		this.#send();
		if (!this.#isClosed) this.#port.postMessage(null);
	}

	/** Ends the channel: what is written from now on goes nowhere, and a waiting writer goes on. */
	close(): void {
		this.#isClosed = true;
		this.#port.close();
		this.#wake();
	}

	async #nextBuffer(): Promise<Uint8Array> {
		for (;;) {
			const buffer = this.#free.pop();
			if (buffer !== undefined) return new Uint8Array(buffer);
			if (this.#buffers < MOST_BUFFERS || this.#isClosed) {
				this.#buffers += 1;
				return new Uint8Array(MESSAGE_BYTES);
			}
			await new Promise<void>((resolve) => {
				this.#wake = resolve;
			});
		}
	}

	#send(): void {
		if (this.#current === null || this.#isClosed) return;
		const { buffer } = this.#current;
		this.#port.postMessage(this.#current.subarray(0, this.#filled), [buffer as ArrayBuffer]);
		this.#current = null;
		this.#filled = 0;
	}
}

/**
 * What a `ChunkSender` at the other end of the channel writes. Each chunk goes back once the next one is asked for. Throws when the channel
 * is closed before the end.
 */
export async function* streamedChunks(port: MessagePort): AsyncGenerator<Uint8Array> {
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
				const { buffer } = message;
				if (!isClosed) port.postMessage(buffer, [buffer as ArrayBuffer]);
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
