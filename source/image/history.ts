import type { Warning } from '../warning.ts';
import type { ConfigStep } from './config.ts';
import type { HistoryStep } from './image.ts';

/** History and layers, brought together. */
export interface PairedHistory {
	readonly steps: readonly HistoryStep[];
	/** The step that made each layer; null where the history has none. One a layer, lowest first. */
	readonly makers: readonly (HistoryStep | null)[];
	/** How many steps say that they made a layer. */
	readonly layerSteps: number;
}

/**
 * Pairs the steps that made a layer with the layers, in order (OCI image specification, config.md, "history"). A history that is
 * missing, too short or too long pairs as far as it goes.
 */
export function pairHistory(history: readonly ConfigStep[], layerCount: number): PairedHistory {
	const makers: (HistoryStep | null)[] = new Array<null>(layerCount).fill(null);
	let layerSteps = 0;
	const steps = history.map(({ emptyLayer, ...step }): HistoryStep => {
		if (emptyLayer) return { ...step, layerIndex: null };
		const layerIndex = layerSteps < layerCount ? layerSteps : null;
		layerSteps += 1;
		const paired = { ...step, layerIndex };
		if (layerIndex !== null) makers[layerIndex] = paired;
		return paired;
	});
	return { steps, makers, layerSteps };
}

/**
 * Warns when there is a history, and it is of another number of layers than the image has: the instructions may then stand at the
 * wrong layers. Not when it agrees with the diff IDs: that they do not fit the layers is said once, by `layer-count-mismatch`.
 */
export function historyMismatch(
	{ steps, layerSteps }: PairedHistory,
	layerCount: number,
	diffIdCount: number,
): Warning | null {
	if (steps.length === 0 || layerSteps === layerCount || layerSteps === diffIdCount) return null;
	return {
		code: 'history-mismatch',
		layerIndex: null,
		count: 1,
		example: null,
		message: `The history and the image differ in their number of layers, ${layerSteps} and ${layerCount}: instructions may stand at the wrong layers.`,
	};
}
