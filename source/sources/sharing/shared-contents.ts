import type { Changeset } from '../../tar/changeset.ts';
import type { ContentClasses, ContentGroups } from '../../tar/content-groups.ts';

/** Two entries below this have one key that is an exact number. */
const MOST_NUMBERED = 2 ** 26;

/** Which files of shared layers have the same content, as one image found out by reading them. */
export class SharedContents {
	/** The number of each layer's first entry among those of all layers, by a column that all copies of a changeset share. */
	readonly #firstEntries = new WeakMap<Float64Array, number>();
	#entryCount = 0;
	/** The class of each item, counted from the first one, by the items of a group. */
	readonly #classes = new Map<number | string, readonly number[]>();

	/** A layer that may be shared. */
	add({ sizes, count }: Changeset): void {
		if (this.#firstEntries.has(sizes)) return;
		this.#firstEntries.set(sizes, this.#entryCount);
		this.#entryCount += count;
	}

	/** What was found out about a group of files, all of which are in layers that may be shared. */
	note(groups: ContentGroups, group: number, { classes, changesets }: Found): void {
		const key = this.#keyOf(groups, group, changesets);
		if (key === null) return;
		const [from, to] = [groups.starts[group], groups.starts[group + 1]];
		this.#classes.set(key, to - from === 2 ? classesOfPair(classes, from) : classesIn(classes, from, to));
	}

	/** The class of each item of a group, counted from its first item; null where it is not known. */
	classesOf(
		groups: ContentGroups,
		group: number,
		changesets: readonly Changeset[],
	): readonly number[] | null {
		const key = this.#keyOf(groups, group, changesets);
		return key === null ? null : (this.#classes.get(key) ?? null);
	}

	/** Nearly all groups are pairs, and there may be a hundred thousand of them: a number is many times as fast as text. */
	#keyOf(groups: ContentGroups, group: number, changesets: readonly Changeset[]): number | string | null {
		const [from, to] = [groups.starts[group], groups.starts[group + 1]];
		let text = '';
		let pair = 0;
		const isNumbered = to - from === 2 && this.#entryCount <= MOST_NUMBERED;
		for (let item = from; item < to; item++) {
			const first = this.#firstEntries.get(changesets[groups.layers[item]].sizes);
			if (first === undefined) return null;
			const entry = first + groups.entries[item];
			if (isNumbered) pair = pair * MOST_NUMBERED + entry;
			else text += `${entry} `;
		}
		return isNumbered ? pair : text;
	}
}

/** What was found out about groups. */
interface Found {
	readonly classes: ContentClasses;
	readonly changesets: readonly Changeset[];
}

/** One list for all pairs that are equal, and one for all others. */
const equal: readonly number[] = [0, 0];
const different: readonly number[] = [0, 1];

function classesOfPair(classes: ContentClasses, first: number): readonly number[] {
	return classes[first] === classes[first + 1] ? equal : different;
}

function classesIn(classes: ContentClasses, from: number, to: number): readonly number[] {
	return Array.from(classes.subarray(from, to), (item) => item - from);
}
