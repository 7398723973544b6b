import { deserialize, serialize } from 'node:v8';
import type { EntryFact } from '../../tar/changeset.ts';
import type { CacheKind } from './kind.ts';

/** What readers found in the contents of one layer: the facts of one group, in the order of the tar. */
export const facts: CacheKind<readonly EntryFact[]> = {
	name: 'facts',
	encode: (facts) => [serialize(facts)],
	decode: ([bytes]) => (bytes ? decode(bytes) : null),
	check: areFacts,
};

function decode(bytes: Uint8Array): readonly EntryFact[] | null {
	try {
		const value: unknown = deserialize(bytes);
		return areFacts(value) ? value : null;
	} catch {
		return null;
	}
}

/** The values are sealed by this user's key, and belong to the version in the cache key: only the rows around them are checked. */
function areFacts(value: unknown): value is readonly EntryFact[] {
	return Array.isArray(value) && value.every(isFact);
}

function isFact(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	const { reader, entry, problem } = value as Partial<EntryFact>;
	return (
		typeof reader === 'string' &&
		Number.isSafeInteger(entry) &&
		(problem === null || typeof problem === 'string')
	);
}
