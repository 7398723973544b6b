import { inParts, type Steps } from '../../steps.ts';
import { ATTRIBUTES_DIGEST_BYTES } from '../../tar/changeset.ts';
import type { ChangeAttributes } from '../file-tree.ts';
import type { ImageEntries } from '../stacking/image-entries.ts';
import type { SortedChanges } from '../stacking/sorted-changes.ts';

/** Changes that take about a millisecond. */
const CHANGES_A_STEP = 4096;

/** The extended attributes that each path has after a change; null if no layer has any, which is usual. */
export function* numberAttributes(
	changes: SortedChanges,
	entries: ImageEntries,
): Steps<ChangeAttributes | null> {
	if (entries.changesets.every(({ attributes }) => attributes === null)) return null;
	const numbers = new Uint32Array(changes.count);
	const known = new Map<string, number>();
	yield* inParts(changes.count, CHANGES_A_STEP, (from, to) => {
		for (let change = from; change < to; change++) {
			const digest = digestOf(entries, changes.entries[change], changes.carriers[change]);
			if (digest === null) continue;
			const number = known.get(digest) ?? known.size + 1;
			known.set(digest, number);
			numbers[change] = number;
		}
	});
	if (known.size === 0) return null;
	const digests = new Uint8Array(known.size * ATTRIBUTES_DIGEST_BYTES);
	for (const [digest, number] of known)
		digests.set(Buffer.from(digest, 'latin1'), (number - 1) * ATTRIBUTES_DIGEST_BYTES);
	return { numbers, digests };
}

/** A hard link has the attributes of its inode. Many tools write them with the first name only; those that a link brings are set on the inode. */
function digestOf(entries: ImageEntries, entry: number, carrier: number): string | null {
	const own = entries.attributesOf(entry) ?? entries.attributesOf(carrier);
	return own && Buffer.from(own.buffer, own.byteOffset, own.byteLength).toString('latin1');
}
