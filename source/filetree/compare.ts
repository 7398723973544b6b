import { DIRECTORY } from '../tar/changeset.ts';
import type { Comparison } from './comparison.ts';
import {
	ABSENT,
	ADDED,
	CONTENT,
	type FileTree,
	IDENTICAL,
	IMPLIED_DIRECTORY,
	METADATA,
	NO_ENTRY,
	REMOVED,
	UNCHANGED,
} from './file-tree.ts';

const NO_TOUCH = -1;

/**
 * Compares two points of the stack in one backwards sweep. `reuse` gives up its columns to the result and must not be used afterwards.
 * Throws `RangeError` unless `0 <= from <= to <= tree.layerCount`.
 */
export function compare(tree: FileTree, from: number, to: number, reuse?: Comparison): Comparison {
	if (!(from >= 0 && from <= to && to <= tree.layerCount)) {
		throw new RangeError(`Expected 0 <= from <= to <= ${tree.layerCount}, got ${from} and ${to}.`);
	}
	const columns = reuse?.kinds.length === tree.nodeCount ? cleared(reuse) : newColumns(tree.nodeCount);
	const comparison: Comparison = { tree, from, to, ...columns };
	for (let node = tree.nodeCount - 1; node > 0; node--) compareNode(comparison, node);
	compareRoot(comparison);
	return comparison;
}

type Columns = Pick<Comparison, 'kinds' | 'touches' | 'bytes' | 'changedCounts'>;

function newColumns(count: number): Columns {
	return {
		kinds: new Uint8Array(count),
		touches: new Int32Array(count),
		bytes: new Float64Array(count),
		changedCounts: new Uint32Array(count),
	};
}

function cleared({ kinds, touches, bytes, changedCounts }: Comparison): Columns {
	bytes.fill(0);
	changedCounts.fill(0);
	return { kinds, touches, bytes, changedCounts };
}

/** Fills in a node whose descendants are done, and adds it to its parent. */
function compareNode(
	{ tree, from, to, kinds, touches, bytes, changedCounts }: Comparison,
	node: number,
): void {
	const { touchLayers, touchEntries } = tree;
	const first = tree.touchStarts[node];
	const end = tree.touchStarts[node + 1];
	let before = NO_TOUCH;
	let after = NO_TOUCH;
	for (let touch = first; touch < end && touchLayers[touch] < to; touch++) {
		if (touchLayers[touch] < from) before = touch;
		after = touch;
	}
	const wasThere = before !== NO_TOUCH && touchEntries[before] !== NO_ENTRY;
	const isThere = after !== NO_TOUCH && touchEntries[after] !== NO_ENTRY;
	if (!wasThere && !isThere) {
		kinds[node] = ABSENT;
		touches[node] = NO_TOUCH;
		return;
	}
	const kind =
		wasThere && isThere
			? kindOfBoth(tree, before, after)
			: kindOfOne(tree, isThere, isThere ? after : before);
	const touch = isThere ? after : before;
	kinds[node] = kind;
	touches[node] = touch;
	bytes[node] += tree.touchBytes[touch];
	if (kind > UNCHANGED) changedCounts[node] += 1;
	const parent = tree.parents[node];
	changedCounts[parent] += changedCounts[node];
	if (isThere || !isPresentAt(tree, parent, to)) bytes[parent] += bytes[node];
}

/** The root is always there and has no entry. */
function compareRoot({ kinds, touches }: Comparison): void {
	kinds[0] = UNCHANGED;
	touches[0] = NO_TOUCH;
}

/** A removed node's bytes belong to its parent only where that was removed as well. */
function isPresentAt(
	{ touchStarts, touchLayers, touchEntries }: FileTree,
	node: number,
	to: number,
): boolean {
	if (node === 0) return true;
	let entry = NO_ENTRY;
	for (let touch = touchStarts[node]; touch < touchStarts[node + 1] && touchLayers[touch] < to; touch++) {
		entry = touchEntries[touch];
	}
	return entry !== NO_ENTRY;
}

/** An implied directory is no change by itself, neither when it comes nor when it goes. */
function kindOfOne({ touchEntries }: FileTree, isThere: boolean, touch: number): number {
	if (touchEntries[touch] === IMPLIED_DIRECTORY) return UNCHANGED;
	return isThere ? ADDED : REMOVED;
}

function kindOfBoth(tree: FileTree, before: number, after: number): number {
	if (before === after) return UNCHANGED;
	if (tree.touchContents[before] !== tree.touchContents[after]) return CONTENT;
	if (attributeOf(tree, before, 'modes') !== attributeOf(tree, after, 'modes')) return METADATA;
	if (attributeOf(tree, before, 'uids') !== attributeOf(tree, after, 'uids')) return METADATA;
	if (attributeOf(tree, before, 'gids') !== attributeOf(tree, after, 'gids')) return METADATA;
	return kindOfEntry(tree, after) === DIRECTORY ? UNCHANGED : IDENTICAL;
}

const impliedAttributes = { modes: 0o755, uids: 0, gids: 0 } as const;

/** Mode, owner or group of what a touch left there. */
export function attributeOf(tree: FileTree, touch: number, column: keyof typeof impliedAttributes): number {
	const entry = tree.touchEntries[touch];
	return entry < 0 ? impliedAttributes[column] : tree.changesets[tree.touchLayers[touch]][column][entry];
}

/** The entry-kind code of what a touch left there. Not for removals. */
export function kindOfEntry(tree: FileTree, touch: number): number {
	const entry = tree.touchEntries[touch];
	return entry < 0 ? DIRECTORY : tree.changesets[tree.touchLayers[touch]].kinds[entry];
}
