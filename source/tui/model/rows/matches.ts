import type { Comparison } from '../../../filetree/comparison.ts';

/** Whether a node matches in a comparison that has it. */
export type NodeTest = (comparison: Comparison, node: number) => boolean;

/** What a filter finds: the candidates that pass the test. Everything below a match is shown with it. */
export interface Matches {
	/** The only nodes that can match, ascending; null if any node can. */
	readonly candidates: Int32Array | null;
	readonly test: NodeTest;
}

const always: NodeTest = () => true;

/** Matches that are known: these nodes, ascending, none of them below another. */
export function exactMatches(nodes: Int32Array): Matches {
	return { candidates: nodes, test: always };
}

/** The nodes of known matches; null if a test decides. */
export function exactNodes({ candidates, test }: Matches): Int32Array | null {
	return test === always ? candidates : null;
}

/** The matches that pass another test as well. */
export function narrowed({ candidates, test }: Matches, also: NodeTest): Matches {
	return {
		candidates,
		test: (comparison, node) => test(comparison, node) && also(comparison, node),
	};
}
