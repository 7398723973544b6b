import type { ExecutableFact } from '../../facts/executables/executable-facts.ts';
import type { ImageFacts } from '../../facts/image-facts.ts';
import type { FileTree } from '../../filetree/file-tree.ts';
import { contentEntryOf } from '../../filetree/links.ts';
import type { Steps } from '../../steps.ts';
import { isVisible } from '../packages/path-facts.ts';

/** What can be run, of the final file system. */
export interface Executables {
	/** By node, in path order. */
	readonly byNode: ReadonlyMap<number, Executable>;
	/** Layers, 0-based, whose contents were not read, so that their programs are not known. */
	readonly unreadLayers: readonly number[];
}

/** A path that can be run. */
export interface Executable {
	readonly fact: ExecutableFact;
	/** The layer that shipped its content, 0-based. */
	readonly layerIndex: number;
	/** Whether it is the first in path order of the names that the file has. */
	readonly isFirstName: boolean;
}

const NODES_A_STEP = 8192;

/** Finds what can be run, `facts` being those of the group `executables`. */
export function* findExecutables(tree: FileTree, { layers }: ImageFacts): Steps<Executables> {
	const facts = layers.map((found) => new Map((found ?? []).map(({ entry, fact }) => [entry, fact])));
	const byNode = new Map<number, Executable>();
	const named = new Set<ExecutableFact>();
	for (let node = 0; node < tree.nodeCount; node++) {
		if (node % NODES_A_STEP === NODES_A_STEP - 1) yield;
		if (!isVisible(tree, node)) continue;
		const content = contentEntryOf(tree, tree.changeStarts[node + 1] - 1);
		const fact =
			content && (facts[content.layerIndex].get(content.entry) as ExecutableFact | null | undefined);
		if (!content || !fact) continue;
		byNode.set(node, { fact, layerIndex: content.layerIndex, isFirstName: !named.has(fact) });
		named.add(fact);
	}
	return { byNode, unreadLayers: [...layers.keys()].filter((layer) => layers[layer] === null) };
}
