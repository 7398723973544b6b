import {
	bytesAfterAt,
	bytesBeforeAt,
	type Comparison,
	changeBefore,
	isGoneAt,
	kindAt,
} from './comparison.ts';
import { CONTENT, type FileTree, NO_ENTRY, REMOVED } from './file-tree.ts';
import { carrierOf, lostNameOf } from './inodes/carrier.ts';
import { inodeOfChange, NONE } from './inodes/inodes.ts';

/** Regular-file bytes of a node in a comparison, as `bytesAfterAt`, `bytesBeforeAt`, `shippedAt` and `lostAt` have them. */
export interface NodeAmounts {
	after: number;
	before: number;
	shipped: number;
	lost: number;
}

/**
 * Regular-file bytes that the layers between both points ship at and below a node, as one layer would: also those that were there before
 * as they are. Hard links ship nothing.
 */
export function shippedAt(comparison: Comparison, node: number): number {
	const number = comparison.innerNumbers[node];
	return number < 0 ? ownShipped(comparison, node) : comparison.shipped[number];
}

/**
 * Regular-file bytes at and below a node that are there at `from` and at `to` are not, or are no longer as they were. A folder loses a file
 * with the last name below it; of the names themselves, one loses it, if none is left anywhere.
 */
export function lostAt(comparison: Comparison, node: number): number {
	const number = comparison.innerNumbers[node];
	if (number < 0) return ownLost(comparison, node);
	return comparison.past === null ? 0 : comparison.past.bytes[number];
}

/** Regular-file bytes of a node and all below it at `to`; of a node that is gone, what was lost with it. */
export function bytesAt(comparison: Comparison, node: number): number {
	return isGoneAt(comparison, node) ? lostAt(comparison, node) : bytesAfterAt(comparison, node);
}

/** What a node and all below it carry; `before` is 0 for a directory of a comparison that was made without. */
export function amountsAt(comparison: Comparison, node: number, into: NodeAmounts): void {
	if (comparison.innerNumbers[node] < 0) {
		ownAmountsAt(comparison, node, into);
		return;
	}
	into.after = bytesAfterAt(comparison, node);
	into.before = comparison.before === null ? 0 : bytesBeforeAt(comparison, node);
	into.shipped = shippedAt(comparison, node);
	into.lost = lostAt(comparison, node);
}

/** What a node carries without what is below it. */
export function ownAmountsAt(comparison: Comparison, node: number, into: NodeAmounts): void {
	const { tree, from, to } = comparison;
	into.after = bytesOf(tree, changeBefore(tree, node, to));
	into.before = bytesOf(tree, changeBefore(tree, node, from));
	into.shipped = ownShipped(comparison, node);
	into.lost = ownLost(comparison, node);
}

function ownShipped(comparison: Comparison, node: number): number {
	const { tree, inodes, from, to } = comparison;
	const change = changeBefore(tree, node, to);
	if (change < 0 || tree.changeEntries[change] === NO_ENTRY || tree.changeLayers[change] < from) return 0;
	const inode = inodeOfChange(inodes, change);
	if (inode === NONE) return tree.changeBytes[change];
	return carrierOf({ tree, inodes, inode, point: to }, from) === node ? inodes.bytes[inode] : 0;
}

function ownLost(comparison: Comparison, node: number): number {
	const { tree, inodes, from, to, past } = comparison;
	const change = changeBefore(tree, node, from);
	if (past === null || change < 0) return 0;
	const kind = kindAt(comparison, node);
	if (kind !== REMOVED && kind !== CONTENT) return 0;
	const inode = inodeOfChange(inodes, change);
	if (inode === NONE) return bytesOf(tree, change);
	return lostNameOf({ tree, inodes, inode }, { from, to }) === node ? inodes.bytes[inode] : 0;
}

function bytesOf({ changeEntries, changeBytes }: FileTree, change: number): number {
	return change >= 0 && changeEntries[change] !== NO_ENTRY ? changeBytes[change] : 0;
}
