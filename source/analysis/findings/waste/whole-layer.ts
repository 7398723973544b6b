import { attributeOf } from '../../../filetree/change-attributes.ts';
import { ADDED, type FileTree, REMOVED } from '../../../filetree/file-tree.ts';
import type { Steps } from '../../../steps.ts';
import { DIRECTORY, FILE } from '../../../tar/changeset.ts';
import type { ChangedAttributes } from './changed-attributes.ts';

const CHANGES_A_STEP = 4096;

export interface LayerEnd {
	/** 0-based, as is the next. */
	readonly layer: number;
	/** What this layer leaves counts. */
	readonly until: number;
	/** Null is what does not matter. */
	readonly wanted: ChangedAttributes;
}

/**
 * Whether all files that a layer ships end with the same owner or mode. A mode that would lock folders does not count for a layer that
 * makes folders: the flag of COPY sets it on them as well.
 */
export function* endsAs(tree: FileTree, { layer, until, wanted }: LayerEnd): Steps<boolean> {
	const { layerChanges, layerChangeStarts, changeEntries, changeKindCodes, changesets } = tree;
	const { kinds } = changesets[layer];
	const locks = wanted.mode !== null && ((wanted.mode >> 2) & ~wanted.mode & 0o111) !== 0;
	for (let index = layerChangeStarts[layer]; index < layerChangeStarts[layer + 1]; index++) {
		if (index % CHANGES_A_STEP === CHANGES_A_STEP - 1) yield;
		const change = layerChanges[index];
		const entry = changeEntries[change];
		if (changeKindCodes[change] === ADDED && (entry < 0 || kinds[entry] === DIRECTORY) && locks) return false;
		if (entry < 0 || kinds[entry] !== FILE || changeKindCodes[change] === REMOVED) continue;
		const last = lastChangeUntil(tree, change, until);
		if (last !== null && !is(tree, last, wanted)) return false;
	}
	return true;
}

/** The change that says what a node is after a layer, at or behind a change of it; null where it is removed. */
function lastChangeUntil(tree: FileTree, change: number, until: number): number | null {
	const { changeStarts, changeLayers, changeKindCodes } = tree;
	const end = changeStarts[nodeOf(changeStarts, change) + 1];
	let last = change;
	while (last + 1 < end && changeLayers[last + 1] <= until) last += 1;
	return changeKindCodes[last] === REMOVED ? null : last;
}

/** The node that a change belongs to. */
function nodeOf(changeStarts: Uint32Array, change: number): number {
	let low = 0;
	let high = changeStarts.length - 1;
	while (high - low > 1) {
		const middle = (low + high) >> 1;
		if (changeStarts[middle] <= change) low = middle;
		else high = middle;
	}
	return low;
}

function is(tree: FileTree, change: number, { owner, mode }: ChangedAttributes): boolean {
	if (mode !== null && attributeOf(tree, change, 'modes') !== mode) return false;
	if (owner === null) return true;
	return attributeOf(tree, change, 'uids') === owner.uid && attributeOf(tree, change, 'gids') === owner.gid;
}
