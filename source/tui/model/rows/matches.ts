import { type Comparison, changedCountAt, kindAt } from '../../../filetree/comparison.ts';
import { ABSENT } from '../../../filetree/file-tree.ts';

/** Whether a node matches in a comparison that has it. */
export type NodeTest = (comparison: Comparison, node: number) => boolean;

/** What a filter finds: the candidates that pass the test. Everything below a match is shown with it, unless it is alone. */
export interface Matches {
	/** The only nodes that can match, ascending; null if any node can. */
	readonly candidates: Int32Array | null;
	readonly test: NodeTest;
	/** What is found although it did not change, where only changes are shown. */
	readonly countsAsChange?: NodeTest | undefined;
	/** Whether what is below a match is shown only where it matches itself. */
	readonly isAlone?: boolean;
}

const always: NodeTest = () => true;

/** Matches that are known: these nodes, ascending, none of them below another. */
export function exactMatches(nodes: Int32Array, countsAsChange?: NodeTest): Matches {
	return { candidates: nodes, test: always, countsAsChange };
}

/** The nodes of known matches; null if a test decides. */
export function exactNodes({ candidates, test }: Matches): Int32Array | null {
	return test === always ? candidates : null;
}

/** The matches that pass another test as well. */
export function narrowed(matches: Matches, also: NodeTest): Matches {
	return {
		...matches,
		test: (comparison, node) => matches.test(comparison, node) && also(comparison, node),
	};
}

/** The matches that are shown where only changes are. */
export function changedMatches(matches: Matches): Matches {
	const { countsAsChange } = matches;
	return narrowed(
		matches,
		(comparison, node) => changedCountAt(comparison, node) > 0 || countsAsChange?.(comparison, node) === true,
	);
}

/** How many of the matches are there in a comparison. */
export function countMatches(comparison: Comparison, { candidates, test }: Matches): number {
	const length = candidates?.length ?? comparison.tree.nodeCount;
	let count = 0;
	for (let index = 0; index < length; index++) {
		const node = candidates === null ? index : candidates[index];
		if (kindAt(comparison, node) !== ABSENT && test(comparison, node)) count += 1;
	}
	return count;
}
