import { discard } from '../../columns/grow.ts';
import type { Steps } from '../../steps.ts';
import type { AnswerInput } from '../answer-input.ts';
import { sumOf, sumOfColumn } from '../sum-of.ts';
import { DiveLeaves, type Leaves } from './dive-leaves.ts';
import { DiveStack } from './dive-stack.ts';

/** What dive 0.13 says of the same image, for people who come from dive. */
export interface DiveFigures {
	/** sum(smallest) / sum(cumulative) over every leaf path of every layer; 1 for nothing. */
	readonly efficiency: number;
	/** Sum of the cumulative sizes of the paths that are seen twice or more. */
	readonly wastedBytes: number;
	/** wastedBytes over the bytes of all layers but the first; null where dive divides by 0. */
	readonly userWastedRatio: number | null;
}

/**
 * Scores an image as dive 0.13 does (its `filetree.Efficiency`), with what is odd about it: the surviving copy counts as waste, opaque
 * markers count for nothing, a hard link has size 0, and a whiteout of a path that is not there ends the walk of its layer.
 */
export function* scoreAsDive({ tree, entryNodes }: AnswerInput): Steps<DiveFigures> {
	const { changesets } = tree;
	const paths = new PathSizes(tree.nodeCount);
	const stack = new DiveStack(tree, entryNodes);
	const leaves = new DiveLeaves(tree);
	for (const [layer, changeset] of changesets.entries()) {
		const nodes = entryNodes[layer];
		// dive looks up the markers of the first layer in that layer itself, as nothing is below it.
		if (layer === 0) yield* stack.apply(changeset, nodes);
		const endsEarly = !stack.hasWhatGoes(changeset, nodes);
		const found = yield* leaves.of({ layer, changeset, nodes }, { isOrdered: endsEarly });
		yield* addLeaves(found, { sizes: changeset.sizes, leaves, stack, paths });
		if (layer > 0) yield* stack.apply(changeset, nodes);
	}
	stack.discard();
	leaves.discard();
	const { smallestBytes, cumulativeBytes, wastedBytes } = paths.sums();
	paths.discard();
	const userBytes = sumOf(changesets.slice(1).map(({ sizes }) => sumOfColumn(sizes)));
	return {
		efficiency: cumulativeBytes === 0 ? 1 : smallestBytes / cumulativeBytes,
		wastedBytes,
		userWastedRatio: userBytes === 0 ? null : wastedBytes / userBytes,
	};
}

interface Scoring {
	/** Of the layer's entries. */
	readonly sizes: Float64Array;
	readonly leaves: DiveLeaves;
	readonly stack: DiveStack;
	readonly paths: PathSizes;
}

/** Adds the leaves of a layer, up to a whiteout of a path that is not there. */
function* addLeaves(
	{ count, nodes, areMarkers }: Leaves,
	{ sizes, leaves, stack, paths }: Scoring,
): Steps<void> {
	for (let index = 0; index < count; index++) {
		const node = nodes[index];
		if (areMarkers[index] === 0) paths.add(node, sizes[leaves.entryOf(node)]);
		else if (stack.has(node)) {
			paths.add(node, yield* stack.whiteoutBytes(node));
			yield;
		} else {
			paths.meet(node);
			return;
		}
		if (index % LEAVES_A_STEP === 0) yield;
	}
}

/** Leaves that take about a millisecond. */
const LEAVES_A_STEP = 16_384;

/** How often a path was seen: never; met, without a size; once; twice or more. */
const NEVER = 0;
const MET = 1;
const ONCE = 2;
const MORE = 3;

/** The smallest and the cumulative size of every path. */
class PathSizes {
	readonly #seen: Uint8Array;
	readonly #cumulative: Float64Array;
	/** Of paths that were seen twice or more. */
	readonly #smallest: Float64Array;

	constructor(count: number) {
		this.#seen = new Uint8Array(count);
		this.#cumulative = new Float64Array(count);
		this.#smallest = new Float64Array(count);
	}

	meet(node: number): void {
		if (this.#seen[node] === NEVER) this.#seen[node] = MET;
	}

	add(node: number, bytes: number): void {
		const seen = this.#seen[node];
		if (seen < ONCE) this.#seen[node] = ONCE;
		else {
			const smallest = seen === ONCE ? this.#cumulative[node] : this.#smallest[node];
			this.#smallest[node] = Math.min(smallest, bytes);
			this.#seen[node] = MORE;
		}
		this.#cumulative[node] += bytes;
	}

	/** Gives its memory back; it must not be used afterwards. */
	discard(): void {
		for (const column of [this.#seen, this.#cumulative, this.#smallest]) discard(column);
	}

	sums(): { smallestBytes: number; cumulativeBytes: number; wastedBytes: number } {
		let smallestBytes = 0;
		let cumulativeBytes = 0;
		let wastedBytes = 0;
		for (let node = 0; node < this.#seen.length; node++) {
			const seen = this.#seen[node];
			const bytes = this.#cumulative[node];
			cumulativeBytes += bytes;
			if (seen === ONCE) smallestBytes += bytes;
			else if (seen === MORE) {
				smallestBytes += this.#smallest[node];
				wastedBytes += bytes;
			}
			// dive gives a path that it meets a smallest size of -1 until it knows one.
			else if (seen === MET) smallestBytes -= 1;
		}
		return { smallestBytes, cumulativeBytes, wastedBytes };
	}
}
