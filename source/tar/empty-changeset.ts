import type { Changeset } from './changeset.ts';
import { ChangesetBuilder } from './changeset-builder.ts';

/** A layer without entries. */
export function emptyChangeset(): Changeset {
	return new ChangesetBuilder({ withIdentities: false, expectedBytes: 0, budget: null }).finish({
		unpackedBytes: 0,
		diffId: null,
	});
}
