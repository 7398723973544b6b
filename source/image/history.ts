import { instructionOf } from '../text/instruction.ts';
import type { Warning } from '../warning.ts';
import type { ConfigStep, ImageConfig } from './config.ts';
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
export function pairHistory(
	{ history, runtime }: Pick<ImageConfig, 'history' | 'runtime'>,
	layerCount: number,
): PairedHistory {
	const makers: (HistoryStep | null)[] = new Array<null>(layerCount).fill(null);
	const instructions = instructionsOf(history, runtime.shell);
	let layerSteps = 0;
	const steps = history.map(({ emptyLayer, ...recorded }, index): HistoryStep => {
		const step = { ...recorded, instruction: instructions[index] };
		if (emptyLayer) return { ...step, layerIndex: null };
		const layerIndex = layerSteps < layerCount ? layerSteps : null;
		layerSteps += 1;
		const paired = { ...step, layerIndex };
		if (layerIndex !== null) makers[layerIndex] = paired;
		return paired;
	});
	return { steps, makers, layerSteps };
}

/** How much text of one image is looked into, which takes some 50 ms. What is beyond, which no builder records, stays as it is. */
const MOST_PARSED_LENGTH = 256 * 1024;

/** The instruction of each step. SHELL holds for the steps after it, and for the images that are built on this one. */
function instructionsOf(
	history: readonly ConfigStep[],
	configShell: readonly string[] | null,
): readonly (string | null)[] {
	const last = configShell === null ? [] : [configShell.join(' ')];
	let current: readonly string[] = [];
	let left = MOST_PARSED_LENGTH;
	return history.map(({ createdBy }) => {
		if (createdBy === null) return null;
		left -= createdBy.length;
		if (left < 0) return createdBy;
		const instruction = instructionOf(createdBy, [...current, ...last]);
		const shell = shellOf(instruction);
		if (shell !== null) current = [shell];
		return instruction;
	});
}

/** The words that a SHELL instruction names, which builders record as JSON, or without quotes and commas. */
function shellOf(instruction: string): string | null {
	const words = /^SHELL\s+(\[.*\])$/s.exec(instruction)?.[1];
	if (words === undefined) return null;
	try {
		const list: unknown = JSON.parse(words);
		if (Array.isArray(list)) return list.join(' ');
	} catch {
		// It is the other form.
	}
	return words.slice(1, -1).trim();
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
