import { DIRECTORY, HARD_LINK } from '../../tar/changeset.ts';
import { NO_ENTRY } from '../file-tree.ts';
import { NO_NODE } from './node-table.ts';
import { type StackState, UNRESOLVED } from './stack-state.ts';

/**
 * Gives each hard link of a layer the carrier of its target: what the target is once all other entries of the layer have applied.
 * A link to a link leads to the same inode. Gives the nodes that link to nothing or to themselves;
 * their carrier is NO_ENTRY. One that a lower layer has is an empty file to link to, and not lost again.
 */
export function resolveHardLinks(stacker: StackState, links: readonly number[]): readonly number[] {
	const lost = new Set<number>();
	for (const link of links) {
		// It may have been superseded by a later entry, or resolved as the target of another link.
		if (!isUnresolved(stacker, link)) continue;
		const chain: number[] = [];
		const end = followLink(stacker, link, chain);
		const carrier = end === null || lost.has(end) ? null : stacker.carriers[end];
		for (const node of chain) {
			stacker.carriers[node] = carrier ?? NO_ENTRY;
			if (carrier === null) lost.add(node);
		}
	}
	return [...lost];
}

/** The node at the end of a chain of links that are still to be resolved, or null for nothing; the links are put on `chain`. */
function followLink(stacker: StackState, link: number, chain: number[]): number | null {
	const seen = new Set<number>();
	let node = link;
	while (isUnresolved(stacker, node)) {
		if (seen.has(node)) return null;
		seen.add(node);
		chain.push(node);
		node = targetOf(stacker, node);
		if (node === NO_NODE || !stacker.isVisible(node)) return null;
	}
	return stacker.entries.kindOf(stacker.current[node]) === DIRECTORY ? null : node;
}

function isUnresolved({ carriers, current, entries }: StackState, node: number): boolean {
	return carriers[node] === UNRESOLVED && entries.kindOf(current[node]) === HARD_LINK;
}

function targetOf({ entries, current, nodes }: StackState, node: number): number {
	return nodes.findPath(entries.targetOf(current[node]));
}
