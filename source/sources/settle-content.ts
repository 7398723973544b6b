import { createHash } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { type Changeset, IDENTITY_BYTES } from '../tar/changeset.ts';
import type { ContentClasses, ContentGroups } from '../tar/content-groups.ts';
import { truncated } from '../tar/tar-fault.ts';
import { WindowReader } from '../tar/window-reader.ts';
import type { Breather } from './breathe.ts';
import type { LayerContent, LayerLocation } from './image-source.ts';

const WINDOW_BYTES = 256 * 1024;
const MOST_WINDOWS = 64;
const GROUPS_A_LOOK = 32;

export interface SettleInput {
	readonly changesets: readonly Changeset[];
	readonly content: LayerContent | null;
	readonly breather: Breather;
	/** Told how many bytes were compared since the last call. */
	readonly onProgress?: (bytes: number) => void;
}

/**
 * Tells which files of each group have the same content. Two files on disk are compared byte by byte and only as far as they agree;
 * of three or more, each is hashed once; files of a stream were hashed as they passed. Throws `TarFault`.
 */
export async function settleContent(groups: ContentGroups, input: SettleInput): Promise<ContentClasses> {
	const classes = new Uint32Array(groups.layers.length);
	const readers = new ContentReaders(input);
	try {
		for (let group = 0; group < groups.count; group++) {
			const from = groups.starts[group];
			const to = groups.starts[group + 1];
			if (to - from === 2 && readers.canCompare(groups, from)) {
				classes[from] = from;
				classes[from + 1] = readers.isSame(groups, from) ? from : from + 1;
			} else classify(groups, [from, to], { classes, readers });
			if (group % GROUPS_A_LOOK === 0 && input.breather.isDue) await input.breather.breathe();
		}
	} finally {
		readers.close();
	}
	return classes;
}

interface Classification {
	readonly classes: ContentClasses;
	readonly readers: ContentReaders;
}

function classify(
	groups: ContentGroups,
	[from, to]: readonly [number, number],
	{ classes, readers }: Classification,
): void {
	const firsts = new Map<string, number>();
	for (let item = from; item < to; item++) {
		const identity = readers.identityOf(groups, item);
		const first = firsts.get(identity) ?? item;
		firsts.set(identity, first);
		classes[item] = first;
	}
}

/** Reads files of layers, each layer through a window of its own. */
class ContentReaders {
	readonly #input: SettleInput;
	readonly #readers = new Map<LayerLocation, WindowReader>();
	readonly #descriptors = new Map<string, number>();

	constructor(input: SettleInput) {
		this.#input = input;
	}

	/** Whether an item and the one after it can be read side by side: both by position, each through a window of its own. */
	canCompare({ layers }: ContentGroups, item: number): boolean {
		const left = this.#locationOf(layers[item]);
		const right = this.#locationOf(layers[item + 1]);
		return left !== null && right !== null && !isSamePlace(left, right);
	}

	/** Whether an item and the one after it have the same content. */
	isSame(groups: ContentGroups, item: number): boolean {
		const left = this.#fileOf(groups, item);
		const right = this.#fileOf(groups, item + 1);
		for (let done = 0; done < left.bytes; ) {
			const length = Math.min(left.bytes - done, WINDOW_BYTES);
			const leftPiece = pieceOf(left.reader, left.position + done, length);
			const rightPiece = pieceOf(right.reader, right.position + done, length);
			this.#input.onProgress?.(length * 2);
			if (Buffer.compare(leftPiece, rightPiece) !== 0) return false;
			done += length;
		}
		return true;
	}

	identityOf(groups: ContentGroups, item: number): string {
		const entry = groups.entries[item];
		const { identities } = this.#input.changesets[groups.layers[item]];
		if (identities) {
			return Buffer.from(identities.subarray(entry * IDENTITY_BYTES, (entry + 1) * IDENTITY_BYTES)).toString(
				'latin1',
			);
		}
		const { reader, position, bytes } = this.#fileOf(groups, item);
		const hash = createHash('sha256');
		for (let done = 0; done < bytes; ) {
			const length = Math.min(bytes - done, WINDOW_BYTES);
			hash.update(pieceOf(reader, position + done, length));
			this.#input.onProgress?.(length);
			done += length;
		}
		return hash.digest().subarray(0, IDENTITY_BYTES).toString('latin1');
	}

	close(): void {
		for (const fd of this.#descriptors.values()) closeSync(fd);
	}

	#fileOf(
		{ layers, entries }: ContentGroups,
		item: number,
	): { reader: WindowReader; position: number; bytes: number } {
		const changeset = this.#input.changesets[layers[item]];
		const entry = entries[item];
		return {
			reader: this.#readerOf(layers[item], changeset),
			position: changeset.positions[entry],
			bytes: changeset.sizes[entry],
		};
	}

	#locationOf(layer: number): LayerLocation | null {
		return this.#input.changesets[layer].identities === null
			? (this.#input.content?.locations[layer] ?? null)
			: null;
	}

	#readerOf(layer: number, { unpackedBytes }: Changeset): WindowReader {
		const location = this.#locationOf(layer);
		if (location === null)
			throw new RangeError(`Layer ${layer} has neither identities nor a place to read it from.`);
		const known = this.#readers.get(location);
		if (known) return known;
		const [oldest] = this.#readers.keys();
		if (this.#readers.size === MOST_WINDOWS && oldest !== undefined) this.#readers.delete(oldest);
		const range = { fd: this.#open(location), start: location.position, bytes: unpackedBytes };
		const reader = new WindowReader(range, WINDOW_BYTES);
		this.#readers.set(location, reader);
		return reader;
	}

	#open({ path }: LayerLocation): number {
		const fd = this.#descriptors.get(path) ?? openSync(path, 'r');
		this.#descriptors.set(path, fd);
		return fd;
	}
}

function isSamePlace(left: LayerLocation, right: LayerLocation): boolean {
	return left.position === right.position && left.path === right.path;
}

function pieceOf(reader: WindowReader, position: number, length: number): Uint8Array {
	const offset = reader.locate(position, length);
	if (offset === -1) throw truncated(position);
	return reader.buffer.subarray(offset, offset + length);
}
