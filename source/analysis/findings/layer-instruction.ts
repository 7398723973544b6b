import type { FindingInput } from './finding.ts';

/** The instruction of a layer, 0-based, in its author's words, or as the history has it; null where neither is known. */
export function instructionText({ instructions, description }: FindingInput, layer: number): string | null {
	return instructions?.[layer]?.text ?? description.layers[layer]?.instruction ?? null;
}

/**
 * Whether a layer, 0-based, belongs to a base and not to the user. Where nobody says what the base is, its first layer is a guess: what it
 * takes for the base's may be the user's own.
 */
export function isOfNamedBase({ base, instructions }: FindingInput, layer: number): boolean {
	return base.origin !== 'first-layer' && layer < base.layerCount && (instructions?.[layer] ?? null) === null;
}

/**
 * Whether a layer, 0-based, was there before the first instruction of the author's: it belongs to a named base, or it is one of those that a guess
 * takes for the base and has no instruction, as what was imported, or is an archive of a file system that the classic builder added.
 */
export function isOfBaseImage(input: FindingInput, layer: number): boolean {
	if (isOfNamedBase(input, layer)) return true;
	if (layer >= input.base.layerCount || (input.instructions?.[layer] ?? null) !== null) return false;
	const { layers } = input.description;
	const recorded = layers[layer]?.instruction ?? null;
	if (recorded === null) return layers.some(({ instruction }) => instruction !== null);
	return /^\s*ADD\s+file:[0-9a-f]{6,}\s+in\s+\/\s*$/i.test(recorded);
}
