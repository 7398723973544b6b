import type { ChangesetBuilder } from '../changeset-builder.ts';
import type { TarEntry } from '../headers/tar-entry.ts';
import { ContentHashing, type ContentHashingOptions } from './content-hashing.ts';
import type { ContentObserver, ContentWatcher } from './content-observer.ts';
import type { ContentSink } from './content-sink.ts';

/** Who gets the content of entries as it passes. */
export interface ContentTakers extends ContentHashingOptions {
	/**
	 * Called for every entry before its content, with its index, or -1 where it is not listed. A sink that it returns gets the content, and no
	 * identity is computed unless the sink wants one.
	 */
	readonly onEntry?: (entry: TarEntry, index: number) => ContentSink | null;
	/** Reads facts from contents; none by default. */
	readonly observer?: ContentObserver | null;
}

/** Gives the content of entries, one after the other, to a sink, to the reader of facts and to what hashes it. */
export class PassingContent {
	readonly #builder: ChangesetBuilder;
	readonly #takers: ContentTakers;
	readonly #hashing: ContentHashing;
	#sink: ContentSink | null = null;
	#watcher: ContentWatcher | null = null;
	/** Whether the present content is hashed. */
	#isHashed = false;

	constructor(builder: ChangesetBuilder, takers: ContentTakers) {
		this.#builder = builder;
		this.#takers = takers;
		this.#hashing = new ContentHashing(builder, takers);
	}

	/** Whether a sink is behind: `step` has to be called before more can be written. */
	get isBehind(): boolean {
		return this.#sink?.isBehind === true;
	}

	/** Lets the sink that is behind do a small piece of its work. Throws what the sink throws. */
	step(): void {
		this.#sink?.step?.();
	}

	/** Begins with an entry that the changeset has at `index`, or that it does not list where that is -1. */
	start(index: number, entry: TarEntry): void {
		this.#sink = this.#takers.onEntry?.(entry, index) ?? null;
		this.#watcher = index < 0 ? null : this.#watch(index, entry);
		this.#isHashed = index >= 0 && (this.#sink === null || this.#sink.isHashed === true);
		if (this.#isHashed) this.#hashing.start(index, entry);
	}

	write(piece: Uint8Array): void {
		this.#sink?.write(piece);
		this.#watcher?.write(piece);
		if (this.#isHashed) this.#hashing.write(piece);
	}

	end(): void {
		this.#sink?.end();
		this.#watcher?.end();
		if (this.#isHashed) this.#hashing.end();
		this.#sink = null;
		this.#watcher = null;
	}

	/** Sparse files are no documents. */
	#watch(entry: number, { contentBytes: bytes, sparse }: TarEntry): ContentWatcher | null {
		const { observer = null } = this.#takers;
		if (observer === null || sparse !== null) return null;
		const file = this.#builder.fileAt(entry);
		return file && observer.open({ entry, path: file.path, bytes, mode: file.mode });
	}
}
