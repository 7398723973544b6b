import type { ImageDescription } from './image.ts';

const MOST_NAMED = 10;

/** The 0-based indices of the layers that are kept elsewhere by design and are not there: every figure is without them. */
export function absentLayers({ layers }: Pick<ImageDescription, 'layers'>): readonly number[] {
	return layers.flatMap(({ index, absent }) => (absent === null ? [] : [index]));
}

/** `layer 1`, `layers 1 and 3`, for sentences; counted from 1. */
export function nameLayers(indices: readonly number[]): string {
	const numbers = indices.slice(0, MOST_NAMED).map((index) => String(index + 1));
	if (numbers.length === 1) return `layer ${numbers[0]}`;
	const last = indices.length > MOST_NAMED ? `${indices.length - MOST_NAMED} more` : numbers.pop();
	return `layers ${numbers.join(', ')} and ${last}`;
}
