import { FathomError } from '../../errors.ts';
import type { StringColumn } from '../../tar/changeset.ts';
import {
	type EntryLimits,
	maxPathBytesHint,
	maxPathsHint,
	morePathBytesThan,
	morePathsThan,
} from '../../tar/entry-budget.ts';

/**
 * Bounds what a tree takes. A few paths of many components make a folder of each, so the folders that no entry names count as if they were
 * entries, each with its whole path.
 */
export class PathLimit {
	readonly #limits: EntryLimits;
	#count = 0;
	#bytes = 0;

	constructor(limits: EntryLimits) {
		this.#limits = limits;
	}

	/** Counts the paths of a layer. Throws `too-large`. */
	addEntries({ bytes, ends }: StringColumn): void {
		this.#add(ends.length, bytes.length);
	}

	/** Counts folders that were made for a path below them, by the lengths of their own paths. Throws `too-large`. */
	addFolders(lengths: Uint32Array): void {
		let bytes = 0;
		for (const length of lengths) bytes += length;
		this.#add(lengths.length, bytes);
	}

	#add(count: number, bytes: number): void {
		const { paths, pathBytes } = this.#limits;
		this.#count += count;
		this.#bytes += bytes;
		if (this.#count > paths) throw tooLarge(morePathsThan(paths), maxPathsHint);
		if (this.#bytes > pathBytes) throw tooLarge(morePathBytesThan(pathBytes), maxPathBytesHint);
	}
}

function tooLarge(what: string, hint: string): FathomError {
	return new FathomError({ code: 'too-large', message: `The image has ${what}.`, hint });
}
