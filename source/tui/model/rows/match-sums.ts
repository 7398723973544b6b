import { discard, withRoom } from '../../../columns/grow.ts';
import type { Comparison } from '../../../filetree/comparison.ts';
import { amountsAt, type NodeAmounts, ownAmountsAt } from '../../../filetree/node-amounts.ts';
import type { Steps } from '../../../steps.ts';
import { LONE_MATCH, MATCH } from './row-rules.ts';

/** Room for the sums of one comparison after the other, by the numbers of inner nodes. */
export type MatchColumns = Readonly<Record<keyof NodeAmounts, Float64Array>>;

const NODES_A_STEP = 8192;

export function newMatchColumns({ present }: Comparison): MatchColumns {
	const column = () => new Float64Array(present.bytes.length);
	return { after: column(), before: column(), shipped: column(), lost: column() };
}

/**
 * The same comparison, in which directories above matches add up what matches below them, and nothing else. Of a match and what is below
 * it the sums are the same, unless it is alone; counts are the same everywhere. `marks`: those of the rules, once rows are counted.
 */
export function* sumMatches(
	comparison: Comparison,
	{ marks, columns }: { readonly marks: Uint8Array; readonly columns: MatchColumns },
): Steps<Comparison> {
	const { present, past, shipped, before } = comparison;
	columns.after.set(present.bytes);
	if (past !== null) columns.lost.set(past.bytes);
	columns.shipped.set(shipped);
	if (before !== null) columns.before.set(before);
	yield;
	const adding = new MatchAdding({ comparison, marks, columns });
	while (adding.hasMore) {
		adding.visitSome(NODES_A_STEP);
		yield;
	}
	adding.finish();
	return {
		...comparison,
		present: { ...present, bytes: columns.after },
		past: past === null ? null : { ...past, bytes: columns.lost },
		shipped: columns.shipped,
		before: before === null ? null : columns.before,
	};
}

interface Marked {
	readonly comparison: Comparison;
	readonly marks: Uint8Array;
	readonly columns: MatchColumns;
}

/** Goes through the matches, and the directories above them. */
class MatchAdding {
	readonly #marked: Marked;
	/** The directories above matches, and those that match alone. */
	#directories = new Int32Array(NODES_A_STEP);
	#count = 0;
	#node = 1;
	readonly #amounts: NodeAmounts = { after: 0, before: 0, shipped: 0, lost: 0 };

	constructor(marked: Marked) {
		this.#marked = marked;
		this.#clear(0);
	}

	get hasMore(): boolean {
		return this.#node < this.#marked.comparison.tree.nodeCount;
	}

	/** Parents come before children, so what is cleared has nothing yet. */
	visitSome(most: number): void {
		const { comparison, marks } = this.#marked;
		const { innerNumbers, tree } = comparison;
		const { subtreeEnds, parents, nodeCount } = tree;
		this.#directories = withRoom(this.#directories, this.#count + most);
		for (let left = most; left > 0 && this.#node < nodeCount; left--) {
			const node = this.#node;
			const mark = marks[node];
			const number = innerNumbers[node];
			const isOpen = number >= 0 && mark > 0 && mark < MATCH;
			if (isOpen) {
				this.#clear(number);
				this.#directories[this.#count++] = node;
				// What it carries itself: it may be a file now.
				if (mark === LONE_MATCH) this.#add(number, node, ownAmountsAt);
			} else if (mark >= LONE_MATCH) {
				const above = innerNumbers[parents[node]];
				if (number >= 0 || !this.#addUnchanging(above, node)) this.#add(above, node, amountsAt);
			}
			this.#node = isOpen ? node + 1 : subtreeEnds[node];
		}
	}

	/** Adds each directory to the one above, the last one first. */
	finish(): void {
		const { comparison, columns } = this.#marked;
		const { innerNumbers, tree } = comparison;
		for (let index = this.#count - 1; index >= 0; index--) {
			const node = this.#directories[index];
			const [from, to] = [innerNumbers[node], innerNumbers[tree.parents[node]]];
			columns.after[to] += columns.after[from];
			columns.before[to] += columns.before[from];
			columns.shipped[to] += columns.shipped[from];
			columns.lost[to] += columns.lost[from];
		}
		discard(this.#directories);
	}

	#clear(number: number): void {
		const { after, before, shipped, lost } = this.#marked.columns;
		after[number] = 0;
		before[number] = 0;
		shipped[number] = 0;
		lost[number] = 0;
	}

	/** Adds a file that one layer alone has, as most files are: what there is to know is one change. False for any other. */
	#addUnchanging(number: number, node: number): boolean {
		const { comparison, columns } = this.#marked;
		const { tree, from, to } = comparison;
		const change = tree.changeStarts[node];
		if (tree.changeStarts[node + 1] !== change + 1) return false;
		const layer = tree.changeLayers[change];
		const bytes = tree.changeBytes[change];
		if (layer >= to || bytes === 0) return true;
		columns.after[number] += bytes;
		if (layer >= from) columns.shipped[number] += bytes;
		else columns.before[number] += bytes;
		return true;
	}

	#add(number: number, node: number, amountsOf: typeof amountsAt): void {
		const { comparison, columns } = this.#marked;
		amountsOf(comparison, node, this.#amounts);
		columns.after[number] += this.#amounts.after;
		columns.before[number] += this.#amounts.before;
		columns.shipped[number] += this.#amounts.shipped;
		columns.lost[number] += this.#amounts.lost;
	}
}
