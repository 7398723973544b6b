import type { Changeset, EntryFact, FactGroup, LayerFacts } from '../../tar/changeset.ts';

/** What was read from the contents of shared layers, so that it is read once for both images. */
export class SharedFacts {
	/** By a column that all copies of a changeset share. */
	readonly #known = new WeakMap<Float64Array, LayerFacts>();

	note({ sizes }: Pick<Changeset, 'sizes'>, group: FactGroup, facts: readonly EntryFact[]): void {
		this.#known.set(sizes, { ...this.#known.get(sizes), [group]: facts });
	}

	/** Null where they are not known. */
	of({ sizes }: Pick<Changeset, 'sizes'>, group: FactGroup): readonly EntryFact[] | null {
		return this.#known.get(sizes)?.[group] ?? null;
	}
}
