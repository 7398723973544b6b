/** Inflates synchronously: every chunk given is worked off at once. */
export interface SyncInflater {
	/** Calls `sink` with views of one buffer that is used again. Throws on damaged data. */
	write(chunk: Uint8Array, sink: (output: Uint8Array) => void): void;
	/** Throws when the data ended in the middle. */
	finish(sink: (output: Uint8Array) => void): void;
	/** To be called once it is not used any more; a second call does nothing. */
	close(): void;
}
