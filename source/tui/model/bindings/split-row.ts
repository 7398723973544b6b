import type { KeyBinding, KeyName } from '../key-binding.ts';

/** A row with the keys that it has in each of its places: as many rows as there are different keys. */
export function splitRow<Each extends KeyBinding<unknown, string>>(
	row: Each,
	keysAt: (context: string) => readonly KeyName[],
): readonly Each[] {
	const groups = Map.groupBy(row.contexts, (context) => JSON.stringify(keysAt(context)));
	return [...groups.values()].map((contexts) => ({ ...row, contexts, keys: keysAt(contexts[0]) }));
}

/** A key in a place. */
export function placeOfKey(context: string, key: KeyName): string {
	return `${context} ${key}`;
}
