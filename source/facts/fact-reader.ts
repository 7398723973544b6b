import type { Steps } from '../steps.ts';

/** A regular file of a layer, as its entry has it. */
export interface LayerFile {
	/** The literal path, without a leading slash; a byte that is not UTF-8 is the character of that number (latin1 as a whole). */
	readonly path: string;
	/** Content bytes. */
	readonly bytes: number;
	/** Permission bits and set-id bits. */
	readonly mode: number;
}

/**
 * Takes the content of one file, from its start, and says at the end what it found. Pieces are views that are valid during the call only.
 * No call may take longer than some milliseconds for a piece of 64 KiB, whatever the content is.
 */
export interface FactSink<Fact> {
	/** Takes the next piece; not called any more once `isDone`. */
	write(piece: Uint8Array): void;
	/** Whether the rest of the file is of no use, so that it need not be read. */
	readonly isDone: boolean;
	/**
	 * The position in the file, in bytes from its start, before which nothing more is of use. Only grows, and may do so with every call.
	 * Who can read by position goes on from there after it told `skip`; anybody else just writes the next piece. A sink has both or neither.
	 */
	readonly wantsFrom?: number;
	/** Passes over the next bytes of the file instead of writing them: at most up to `wantsFrom`. */
	skip?(bytes: number): void;
	/**
	 * After the last piece, or once it is done; null where the file says nothing. Throws `FactError` where nothing of the file can be read.
	 */
	end(): Fact | null;
	/** The same piece by piece: in place of `end`, from a sink that may have a lot to do then. */
	endInSteps?(): Steps<Fact | null>;
	/** Known at the end: what of the file is left out of the fact and why, as half a sentence; null or undefined where nothing is. */
	readonly problem?: string | null;
}

/** Works out something from the contents of files, which depends on nothing but the file: its path, size, mode and bytes. */
export interface FactReader<Fact> {
	/** Names the facts in the cache and in warnings. */
	readonly name: string;
	/**
	 * Last names of paths, such as `package.json`, and endings of them from their last dot, such as `.jar`, in lower case: it is asked only about
	 * files that have one of these in any case. Without it, it is asked about every file.
	 */
	readonly fileNames?: readonly string[];
	/** Decides by path, size and mode alone whether the content is wanted; null where it is not. Has to be fast, as an image may have a million files. */
	open(file: LayerFile): FactSink<Fact> | null;
}

/** A file that is damaged, too large, or hostile. The rest of the image stands. */
export class FactError extends Error {
	override readonly name = 'FactError';
}
