import { sortColumn } from '../../../columns/sort-column.ts';
import type { Steps } from '../../../steps.ts';
import type { NodeTable } from '../node-table.ts';

/** Names that are compared or sorted in about a millisecond. */
const NAMES_A_STEP = 16_384;
const SORTED_A_STEP = 2048;

/** Sorts nodes of one folder by the bytes of their names. Most tars list names in order already: looking is much cheaper than sorting. */
export function sortFew(table: NodeTable, siblings: Int32Array): void {
	for (let index = 1; index < siblings.length; index++) {
		if (compareNames(table, siblings[index - 1], siblings[index]) > 0) {
			siblings.sort((left, right) => compareNames(table, left, right));
			return;
		}
	}
}

/** The same in steps. */
export function* sortMany(table: NodeTable, siblings: Int32Array): Steps<void> {
	for (let index = 1; index < siblings.length; index++) {
		if (compareNames(table, siblings[index - 1], siblings[index]) > 0) {
			yield* sortColumn(siblings, {
				runLength: SORTED_A_STEP,
				sortRun: (run) => run.sort((left, right) => compareNames(table, left, right)),
				isInOrder: (left, right) => compareNames(table, left, right) <= 0,
			});
			return;
		}
		if (index % NAMES_A_STEP === 0) yield;
	}
}

function compareNames({ nameBytes, nameStarts }: NodeTable, left: number, right: number): number {
	const leftStart = nameStarts[left];
	const rightStart = nameStarts[right];
	const leftLength = nameStarts[left + 1] - leftStart;
	const rightLength = nameStarts[right + 1] - rightStart;
	const shared = Math.min(leftLength, rightLength);
	for (let index = 0; index < shared; index++) {
		const difference = nameBytes[leftStart + index] - nameBytes[rightStart + index];
		if (difference !== 0) return difference;
	}
	return leftLength - rightLength;
}
