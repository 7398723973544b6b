import type { ImageFacts } from '../../facts/image-facts.ts';
import { type FileTree, NO_ENTRY } from '../../filetree/file-tree.ts';
import type { Steps } from '../../steps.ts';
import type { EntryFact } from '../../tar/changeset.ts';

/** What a reader says of a path as one layer left it. */
export interface PathFact {
	readonly node: number;
	/** 0-based. */
	readonly layerIndex: number;
	/** Which of the tree's changes left it so: of one path they follow on each other. */
	readonly change: number;
	/** Whether the path is still as this layer left it, in the final file system. */
	readonly isLive: boolean;
	readonly fact: EntryFact;
}

const NODES_A_STEP = 8192;

/** The facts of all paths, in path order and of one path lowest layer first. What a later entry of the same layer superseded is left out. */
export function* factsByPath(tree: FileTree, { layers }: ImageFacts): Steps<readonly PathFact[]> {
	const byEntry = layers.map((facts) =>
		facts === null || facts.length === 0 ? null : Map.groupBy(facts, ({ entry }) => entry),
	);
	const found: PathFact[] = [];
	for (let node = 0; node < tree.nodeCount; node++) {
		const end = tree.changeStarts[node + 1];
		for (let change = tree.changeStarts[node]; change < end; change++) {
			const entry = tree.changeEntries[change];
			if (entry < 0) continue;
			const layerIndex = tree.changeLayers[change];
			const facts = byEntry[layerIndex]?.get(entry);
			// Nearly all files have none, and an empty list for each would be much to clear away.
			if (facts === undefined) continue;
			for (const fact of facts) found.push({ node, layerIndex, change, isLive: change === end - 1, fact });
		}
		if (node % NODES_A_STEP === NODES_A_STEP - 1) yield;
	}
	return found;
}

/** Whether the final file system has the path. */
export function isVisible({ changeStarts, changeEntries }: FileTree, node: number): boolean {
	const last = changeStarts[node + 1] - 1;
	return last >= changeStarts[node] && changeEntries[last] !== NO_ENTRY;
}
