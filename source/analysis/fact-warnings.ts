import type { ImageFacts } from '../facts/image-facts.ts';
import type { FileTree } from '../filetree/file-tree.ts';
import { pathOf } from '../filetree/paths.ts';
import type { Steps } from '../steps.ts';
import type { Warning } from '../warning.ts';
import { factsByPath } from './packages/path-facts.ts';

const MOST_REASON_CHARACTERS = 200;

interface Unread {
	readonly layerIndex: number;
	readonly nodes: Set<number>;
	/** Of the first file in path order. */
	readonly reason: string;
}

/**
 * One warning for each layer and reader that could not read all of its files, such as a damaged database: a lost database is not one of many
 * damaged archives.
 */
export function* factWarnings(tree: FileTree, facts: ImageFacts): Steps<readonly Warning[]> {
	const unread = new Map<string, Unread>();
	for (const { node, layerIndex, fact } of yield* factsByPath(tree, facts)) {
		if (fact.problem === null) continue;
		const kind = `${layerIndex} ${fact.reader}`;
		const known = unread.get(kind);
		if (known === undefined) unread.set(kind, { layerIndex, nodes: new Set([node]), reason: fact.problem });
		else known.nodes.add(node);
	}
	return [...unread.values()]
		.sort((left, right) => left.layerIndex - right.layerIndex)
		.map(({ layerIndex, nodes, reason }) => {
			const [first] = nodes;
			return {
				code: 'content-not-readable',
				layerIndex,
				count: nodes.size,
				example: pathOf(tree, first),
				message: `Not all that a file says can be read, and what cannot is left out: ${plainReason(reason)}.`,
			};
		});
}

/** A message has no hostile text in it, and what went wrong in an unforeseen way may. */
function plainReason(reason: string): string {
	return reason.slice(0, MOST_REASON_CHARACTERS).replace(/[^\x20-\x7e]/g, '?');
}
