import type { Comparison } from '../../../filetree/comparison.ts';

/** Whether a node matches in a comparison that has it. */
export type NodeTest = (comparison: Comparison, node: number) => boolean;

/** What a filter finds: the candidates for which the test holds. All that is below a match is shown with it. */
export interface Matches {
	/** The only nodes that may match, in ascending order; null where any node may. */
	readonly candidates: Int32Array | null;
	readonly test: NodeTest;
}

const always: NodeTest = () => true;

/** Matches that are known: these nodes, in ascending order and none below another. */
export function exactMatches(nodes: Int32Array): Matches {
	return { candidates: nodes, test: always };
}

/** The nodes of known matches, which need no test; null where it takes one to tell. */
export function exactNodes({ candidates, test }: Matches): Int32Array | null {
	return test === always ? candidates : null;
}

/** Those of the matches for which another test holds as well. */
export function narrowed({ candidates, test }: Matches, also: NodeTest): Matches {
	return {
		candidates,
		test: (comparison, node) => test(comparison, node) && also(comparison, node),
	};
}
