import type { Changeset } from '../../tar/changeset.ts';
import type { ContentClasses, ContentGroups } from '../../tar/content-groups.ts';

/** Which files of shared layers have the same content, as one image found out by reading them. */
export class SharedContents {
	/** The numbers of layers, by a column that all copies of a changeset share. */
	readonly #numbers = new WeakMap<Float64Array, number>();
	#count = 0;
	/** The class of each item, counted from the first one, by the items of a group. */
	readonly #classes = new Map<string, readonly number[]>();

	/** A layer that may be shared. */
	add({ sizes }: Changeset): void {
		if (!this.#numbers.has(sizes)) this.#numbers.set(sizes, this.#count++);
	}

	/** What was found out about a group of files, all of which are in layers that may be shared. */
	note(groups: ContentGroups, group: number, found: Found): void {
		const key = this.#keyOf(groups, group, found.changesets);
		if (key === null) return;
		const [from, to] = [groups.starts[group], groups.starts[group + 1]];
		this.#classes.set(
			key,
			Array.from(found.classes.subarray(from, to), (item) => item - from),
		);
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

	#keyOf({ starts, layers, entries }: ContentGroups, group: number, changesets: readonly Changeset[]) {
		let key = '';
		for (let item = starts[group]; item < starts[group + 1]; item++) {
			const number = this.#numbers.get(changesets[layers[item]].sizes);
			if (number === undefined) return null;
			key += `${number}:${entries[item]} `;
		}
		return key;
	}
}

/** What was found out about groups. */
interface Found {
	readonly classes: ContentClasses;
	readonly changesets: readonly Changeset[];
}
