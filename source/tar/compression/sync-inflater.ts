import type { Steps } from '../../steps.ts';

/** Inflates synchronously: each chunk is decoded at once. */
export interface SyncInflater {
	/** Calls `sink` with views of one reused buffer. Throws on damaged data. */
	write(chunk: Uint8Array, sink: (output: Uint8Array) => void): void;
	/** The same, but each step yields one buffer at most. All steps have to be done before the next chunk. */
	writeInSteps(chunk: Uint8Array, sink: (output: Uint8Array) => void): Steps<void>;
	/** Throws when the data is incomplete. */
	finish(sink: (output: Uint8Array) => void): void;
	/** To be called when it is no longer needed; a second call does nothing. */
	close(): void;
}
