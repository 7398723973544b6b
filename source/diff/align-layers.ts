import type { LayerDescription } from '../image/image.ts';
import { longestCommonSubsequence, type Pair } from './longest-common-subsequence.ts';

/** What became of a layer from one image to the other. Indices are 0-based. */
export type AlignedLayer =
	/** The same diff ID in both. */
	| { readonly kind: 'shared'; readonly oldIndex: number; readonly newIndex: number }
	/** The same instruction, or the one that took its place; why its content is another one. */
	| {
			readonly kind: 'changed';
			readonly oldIndex: number;
			readonly newIndex: number;
			readonly reason: ChangeReason;
	  }
	| { readonly kind: 'inserted'; readonly newIndex: number }
	| { readonly kind: 'removed'; readonly oldIndex: number };

/**
 * Why a layer is another one than before. `instruction`: its instruction changed. `below`: its instruction is the same, and a layer below it
 * is not, so that it was built again. `files`: the same instruction on the same layers gave another result.
 */
export type ChangeReason = 'instruction' | 'below' | 'files';

/**
 * Aligns the layers of two images, lowest first: by diff ID, then what is between by instruction, as the longest common subsequences of
 * both. So one layer that was inserted shifts none of the others. What is left between two pairs is paired in order while both sides
 * have layers, as the instruction that changed; the rest was inserted or removed.
 */
export function alignLayers(
	oldLayers: readonly LayerDescription[],
	newLayers: readonly LayerDescription[],
): readonly AlignedLayer[] {
	const shared = longestCommonSubsequence(oldLayers.map(diffIdOf), newLayers.map(diffIdOf));
	const aligned: AlignedLayer[] = [];
	forEachGap(shared, [oldLayers.length, newLayers.length], (gap, pair) => {
		aligned.push(...alignGap(gap, oldLayers, newLayers, aligned.every(isShared)));
		if (pair !== null) aligned.push({ kind: 'shared', oldIndex: pair[0], newIndex: pair[1] });
	});
	return aligned;
}

function isShared({ kind }: AlignedLayer): boolean {
	return kind === 'shared';
}

/** Null never equals null: layers of which nothing is known have nothing in common. */
function diffIdOf({ diffId }: LayerDescription): string | null {
	return diffId;
}

/** Layers `[oldFrom, oldTo)` and `[newFrom, newTo)` between two pairs. */
interface Gap {
	readonly oldFrom: number;
	readonly oldTo: number;
	readonly newFrom: number;
	readonly newTo: number;
}

function forEachGap(
	pairs: readonly Pair[],
	[oldCount, newCount]: Pair,
	visit: (gap: Gap, pair: Pair | null) => void,
): void {
	let [oldFrom, newFrom] = [0, 0];
	for (const pair of pairs) {
		visit({ oldFrom, oldTo: pair[0], newFrom, newTo: pair[1] }, pair);
		[oldFrom, newFrom] = [pair[0] + 1, pair[1] + 1];
	}
	visit({ oldFrom, oldTo: oldCount, newFrom, newTo: newCount }, null);
}

function alignGap(
	gap: Gap,
	oldLayers: readonly LayerDescription[],
	newLayers: readonly LayerDescription[],
	isSameBelow: boolean,
): readonly AlignedLayer[] {
	const instructions = longestCommonSubsequence(
		oldLayers.slice(gap.oldFrom, gap.oldTo).map(instructionOf),
		newLayers.slice(gap.newFrom, gap.newTo).map(instructionOf),
	);
	const aligned: AlignedLayer[] = [];
	forEachGap(instructions, [gap.oldTo - gap.oldFrom, gap.newTo - gap.newFrom], (inner, pair) => {
		aligned.push(...pairInOrder(inner, gap));
		if (pair === null) return;
		const reason = isSameBelow && aligned.length === 0 ? 'files' : 'below';
		aligned.push({
			kind: 'changed',
			oldIndex: gap.oldFrom + pair[0],
			newIndex: gap.newFrom + pair[1],
			reason,
		});
	});
	return aligned;
}

function instructionOf({ createdBy }: LayerDescription): string | null {
	return createdBy;
}

function pairInOrder({ oldFrom, oldTo, newFrom, newTo }: Gap, outer: Gap): readonly AlignedLayer[] {
	const aligned: AlignedLayer[] = [];
	const both = Math.min(oldTo - oldFrom, newTo - newFrom);
	for (let index = 0; index < both; index++) {
		const oldIndex = outer.oldFrom + oldFrom + index;
		const newIndex = outer.newFrom + newFrom + index;
		aligned.push({ kind: 'changed', oldIndex, newIndex, reason: 'instruction' });
	}
	for (let index = oldFrom + both; index < oldTo; index++)
		aligned.push({ kind: 'removed', oldIndex: outer.oldFrom + index });
	for (let index = newFrom + both; index < newTo; index++)
		aligned.push({ kind: 'inserted', newIndex: outer.newFrom + index });
	return aligned;
}
