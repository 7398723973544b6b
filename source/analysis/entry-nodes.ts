import type { Steps } from '../steps.ts';
import type { AnswerInput } from './answer-input.ts';

/** The node of each entry, layer by layer; of a marker, the node that it is about. There is nothing to work out: one step. */
export function* entryNodesOf({ entryNodes }: AnswerInput): Steps<readonly Int32Array[]> {
	yield;
	return entryNodes;
}
