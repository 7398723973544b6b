import { discard } from '../../columns/grow.ts';
import { inParts, type Steps } from '../../steps.ts';
import { type Changeset, DIRECTORY, FILE } from '../../tar/changeset.ts';
import type { ContentClasses } from '../../tar/content-groups.ts';
import { NO_ENTRY } from '../file-tree.ts';
import type { ContentsToCompare } from '../stacking/contents-to-compare.ts';
import type { ImageEntries } from '../stacking/image-entries.ts';
import type { SortedChanges } from '../stacking/sorted-changes.ts';

/** Items that take about a millisecond. */
const ITEMS_A_STEP = 8192;

/** Tells which states of one path have the same type, content, link target and device. */
export class ContentNumbers {
	readonly #entries: ImageEntries;
	/** Leads from a carrier to one with the same content, and from there on until -1: one inode may be asked about at several paths. */
	readonly #sameAs: Int32Array;
	/** The first entry, image-wide, of the first layer that has each layer's blob. */
	readonly #firstStarts: Uint32Array;
	readonly #known = new Map<number | string, number>();

	constructor(entries: ImageEntries) {
		this.#entries = entries;
		this.#sameAs = new Int32Array(entries.count).fill(-1);
		this.#firstStarts = firstStartsOf(entries);
	}

	/** Takes in which contents are the same. */
	*join({ carriers }: ContentsToCompare, classes: ContentClasses): Steps<void> {
		yield* inParts(carriers.length, ITEMS_A_STEP, (from, to) => {
			for (let item = from; item < to; item++) this.#join(carriers[item], carriers[classes[item]]);
		});
	}

	/** Gives its memory back; it must not be used afterwards. */
	discard(): void {
		discard(this.#sameAs);
	}

	/** Numbers the changes `[from, to)` of one node: equal numbers, equal content. */
	write(changes: SortedChanges, [from, to]: readonly [number, number], numbers: Uint32Array): void {
		if (to - from === 2) {
			numbers[from] = 0;
			numbers[from + 1] = Number(this.#keyOf(changes, from) !== this.#keyOf(changes, from + 1));
			return;
		}
		const known = this.#known;
		known.clear();
		for (let change = from; change < to; change++) {
			const key = this.#keyOf(changes, change);
			const number = known.get(key) ?? known.size;
			known.set(key, number);
			numbers[change] = number;
		}
	}

	/** What states of one path have in common when their content is equal. A link to nothing is an empty file. */
	#keyOf({ entries, carriers }: SortedChanges, change: number): number | string {
		if (entries[change] === NO_ENTRY) return 'nothing';
		const carrier = carriers[change];
		if (carrier === NO_ENTRY) return 'empty file';
		const kind = this.#entries.kindOf(carrier);
		if (kind === DIRECTORY) return 'directory';
		if (kind !== FILE) return `${kind} ${Buffer.from(this.#entries.targetOf(carrier)).toString('latin1')}`;
		return this.#entries.bytesOf(carrier) === 0 ? 'empty file' : this.#contentOf(carrier);
	}

	#join(carrier: number, same: number): void {
		const left = this.#contentOf(carrier);
		const right = this.#contentOf(same);
		if (left !== right) this.#sameAs[Math.max(left, right)] = Math.min(left, right);
	}

	/** The entry that represents all entries known to have its content. */
	#contentOf(carrier: number): number {
		let at = this.#firstAtOffset(carrier);
		while (this.#sameAs[at] !== -1) {
			const next = this.#sameAs[at];
			if (this.#sameAs[next] !== -1) this.#sameAs[at] = this.#sameAs[next];
			at = next;
		}
		return at;
	}

	/** Layers may share a blob: one offset in it is one content. */
	#firstAtOffset(carrier: number): number {
		return this.#firstStarts[this.#entries.layerOf(carrier)] + this.#entries.indexOf(carrier);
	}
}

function firstStartsOf({ changesets, starts }: ImageEntries): Uint32Array {
	const first = new Map<Changeset, number>();
	return Uint32Array.from(changesets, (changeset, layer) => {
		const start = first.get(changeset) ?? starts[layer];
		first.set(changeset, start);
		return start;
	});
}
