import type { FactGroup } from '../tar/changeset.ts';
import type { FactReader } from './fact-reader.ts';

interface GroupRow {
	/** Is raised whenever a reader of the group would say something else of the same file, so that the cache does not give old facts. */
	readonly version: number;
	/** The readers are loaded only when they are wanted. */
	readonly load: () => Promise<readonly FactReader<unknown>[]>;
}

/** What can be read from contents, one row a group. */
const groups: Readonly<Record<FactGroup, GroupRow>> = {
	packages: { version: 5, load: async () => (await import('./packages/package-readers.ts')).packageReaders },
	secrets: { version: 2, load: async () => (await import('./secrets/secret-readers.ts')).secretReaders },
	executables: {
		version: 1,
		load: async () => [(await import('./executables/executable-reader.ts')).executableReader],
	},
};

/** Groups with their names in the cache. */
export function namedGroups(wanted: readonly FactGroup[]) {
	return wanted.map((group) => ({ group, name: `${group} ${groups[group].version}` }));
}

const loaded = new Map<FactGroup, readonly FactReader<unknown>[]>();

/** Loads the readers of groups, so that `readersOf` has them. */
export async function loadReaders(wanted: readonly FactGroup[]): Promise<void> {
	for (const group of wanted) if (!loaded.has(group)) loaded.set(group, await groups[group].load());
}

/** The readers of groups that were loaded in this thread. */
export function readersOf(wanted: readonly FactGroup[]): readonly GroupReader[] {
	return wanted.flatMap((group) => {
		const readers = loaded.get(group);
		if (readers === undefined) throw new Error(`The readers of ${group} have not been loaded.`);
		return readers.map((reader) => ({ group, reader }));
	});
}

export interface GroupReader {
	readonly group: FactGroup;
	readonly reader: FactReader<unknown>;
}
