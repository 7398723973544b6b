import { mergeStructure, NOT_THERE } from '../../diff/merge/merge-structure.ts';
import type { FileTree } from '../../filetree/file-tree.ts';
import { pathOf } from '../../filetree/paths.ts';
import type { Steps } from '../../steps.ts';

/** A path that carries more bytes than in the baseline. A folder that was not there is one, with all below it. */
export interface GrownPath {
	/** As `pathOf` gives it: without a leading slash, not yet escaped for a terminal. */
	readonly path: string;
	/** null: it was not there. */
	readonly oldBytes: number | null;
	readonly newBytes: number;
}

/** As many as fit on one screen with the rest of `fathom ci`. */
const MOST_PATHS = 10;
const NODES_A_STEP = 1024;

/** The paths of the final file system that grew most, at most ten, most bytes first, then in path order. */
export function* findGrownPaths(older: FileTree, newer: FileTree): Steps<readonly GrownPath[]> {
	const largest = new Largest();
	yield* growSince(older, newer, largest);
	return largest.paths();
}

interface Growth {
	readonly oldBytes: number | null;
	readonly newBytes: number;
	readonly path: () => string;
}

/** The greatest growths so far. */
class Largest {
	#growths: Growth[] = [];

	add(growth: Growth): void {
		const grown = grownBytes(growth);
		if (grown <= 0) return;
		const last = this.#growths.at(-1);
		if (this.#growths.length === MOST_PATHS && last !== undefined && grown <= grownBytes(last)) return;
		const place = this.#growths.findIndex((other) => grownBytes(other) < grown);
		this.#growths.splice(place === -1 ? this.#growths.length : place, 0, growth);
		if (this.#growths.length > MOST_PATHS) this.#growths.pop();
	}

	paths(): readonly GrownPath[] {
		return this.#growths.map(({ path, oldBytes, newBytes }) => ({ path: path(), oldBytes, newBytes }));
	}
}

function grownBytes({ oldBytes, newBytes }: Pick<Growth, 'oldBytes' | 'newBytes'>): number {
	return newBytes - (oldBytes ?? 0);
}

function* growSince(older: FileTree, newer: FileTree, largest: Largest): Steps<void> {
	const { parents, subtreeEnds, changes, names } = yield* mergeStructure([older, newer]);
	const [oldChanges, newChanges] = changes;
	const bytesOf = (tree: FileTree, change: number) => (change === NOT_THERE ? 0 : tree.changeBytes[change]);
	const merged = { names, parents } as const;
	let visited = 0;
	for (let node = 1; node < parents.length; ) {
		if (++visited % NODES_A_STEP === 0) yield;
		const end = subtreeEnds[node];
		const isThere = newChanges[node] !== NOT_THERE;
		if (isThere && oldChanges[node] === NOT_THERE) {
			let newBytes = 0;
			for (let inner = node; inner < end; inner++) newBytes += bytesOf(newer, newChanges[inner]);
			const path = pathIn(merged, node);
			largest.add({ oldBytes: null, newBytes, path });
			node = end;
			continue;
		}
		const oldBytes = bytesOf(older, oldChanges[node]);
		if (isThere)
			largest.add({ oldBytes, newBytes: bytesOf(newer, newChanges[node]), path: pathIn(merged, node) });
		node += 1;
	}
}

/** Worked out only of paths that are shown. */
function pathIn(merged: Pick<FileTree, 'names' | 'parents'>, node: number): () => string {
	return () => pathOf(merged, node);
}
