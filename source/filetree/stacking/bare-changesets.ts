import type { Changeset } from '../../tar/changeset.ts';

const noPaths = { bytes: new Uint8Array(0), ends: new Uint32Array(0) };

/** Changesets without their paths, which are of no use once names are in the tree. Layers that share a changeset go on sharing one. */
export class BareChangesets {
	readonly #known = new Map<Changeset, Changeset>();

	of(changeset: Changeset): Changeset {
		const bare = this.#known.get(changeset) ?? { ...changeset, paths: noPaths };
		this.#known.set(changeset, bare);
		return bare;
	}
}
