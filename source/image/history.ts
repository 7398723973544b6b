import type { Warning } from '../warning.ts';
import type { ConfigStep } from './config.ts';
import type { HistoryStep } from './image.ts';

/** The history, matched with the layers. */
export interface PairedHistory {
	readonly steps: readonly HistoryStep[];
	/** The step that made each layer, lowest first; null where the history has none. */
	readonly makers: readonly (HistoryStep | null)[];
	/** The number of steps with a layer. */
	readonly layerSteps: number;
}

/**
 * Matches the steps that made a layer with the layers, in order (OCI image specification, config.md, "history"). A history that is
 * missing, too short or too long is matched as far as possible.
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

/** `1 layer`, `3 layers`. */
export function layersOf(count: number): string {
	return count === 1 ? '1 layer' : `${count} layers`;
}

/**
 * Warns when the history lists another number of layers than the image has: instructions may then be shown with the wrong layers. Does not
 * warn when the history matches the diff IDs, because `layer-count-mismatch` reports those.
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
		message: `The history lists ${layersOf(layerSteps)} and the image has ${layerCount}: instructions may be shown with the wrong layers.`,
	};
}
