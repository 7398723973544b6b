import type { LayerFacts } from '../changeset.ts';

/** A regular file whose entry the changeset lists. */
export interface ObservedFile {
	/** The index of the entry in the changeset. */
	readonly entry: number;
	/** The literal path; a view that is valid during the call only. */
	readonly path: Uint8Array;
	/** Content bytes. */
	readonly bytes: number;
	readonly mode: number;
}

/** Takes the content of one file. Pieces are views that are valid during the call only. */
export interface ContentWatcher {
	write(piece: Uint8Array): void;
	end(): void;
}

/** Works something out of the contents of files as they pass. It throws nothing. */
export interface ContentObserver {
	/**
	 * Whether something is left to be worked out of what has passed. More may pass, but a thread that has else to do calls `step` first; `finish`
	 * does what is left.
	 */
	readonly isBehind: boolean;
	/** Does a small piece of what is left. */
	step(): void;
	/** Is asked before each content; null where that is of no interest. */
	open(file: ObservedFile): ContentWatcher | null;
	/** What was found. */
	finish(): LayerFacts;
}
