import type { GroupReader } from './fact-groups.ts';

/** Finds by the name of a file which readers to ask about it: most are for a few files of an image alone. */
export class ReaderIndex {
	readonly #readers: readonly GroupReader[];
	/** Those that are asked about every file. */
	readonly #always: readonly GroupReader[];
	/** Those for a name or an ending, with those that are always asked. */
	readonly #named = new Map<string, readonly GroupReader[]>();

	constructor(readers: readonly GroupReader[]) {
		this.#readers = readers;
		this.#always = readers.filter(({ reader }) => reader.fileNames === undefined);
		for (const name of new Set(readers.flatMap(({ reader }) => reader.fileNames ?? [])))
			this.#named.set(
				name,
				readers.filter(({ reader }) => reader.fileNames?.includes(name) !== false),
			);
	}

	/** The readers to ask about the file at a path, in their order. */
	readersFor(path: string): readonly GroupReader[] {
		const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
		const dot = name.lastIndexOf('.');
		const byName = this.#named.get(name);
		const byEnding = dot < 0 ? undefined : this.#named.get(name.slice(dot));
		if (byName === undefined || byEnding === undefined) return byName ?? byEnding ?? this.#always;
		return this.#readers.filter((reader) => byName.includes(reader) || byEnding.includes(reader));
	}
}
