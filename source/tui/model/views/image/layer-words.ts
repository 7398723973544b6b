import { escapeForTerminal } from '../../../../text/escape.ts';
import { formatInstruction, madeBy } from '../../../../text/instruction.ts';
import { shorten } from '../../../../text/shorten.ts';
import { span } from '../../line.ts';
import type { OpenedImage } from '../../opened-image.ts';
import { type DetailRow, instructionRows } from '../list/detail-rows.ts';

type LayerImage = Pick<OpenedImage, 'description' | 'instructions'>;

/** `Layer 10`, or `Layer 10 (Dockerfile:14)`; the layer is 0-based. */
export function layerTitle({ instructions }: LayerImage, layer: number): string {
	const line = instructions[layer] ?? null;
	const source = line === null ? '' : ` (${escapeForTerminal(shorten(line.file))}:${line.line})`;
	return `Layer ${layer + 1}${source}`;
}

/** What made a layer, in its author's words where they are known; null for nothing. Hostile text. */
export function instructionOfLayer({ description, instructions }: LayerImage, layer: number): string | null {
	const described = description.layers[layer];
	return instructions[layer]?.text ?? (described === undefined ? null : madeBy(described));
}

/** The instruction of a layer in one line, safe for a terminal. */
export function shortInstruction(image: LayerImage, layer: number): string {
	const instruction = instructionOfLayer(image, layer);
	return instruction === null ? 'no history for this layer' : formatInstruction(instruction);
}

/** A layer with its whole instruction. */
export function layerRows(image: LayerImage, layer: number, width: number): readonly DetailRow[] {
	return [
		[span(layerTitle(image, layer), 'strong')],
		...instructionRows(instructionOfLayer(image, layer), width),
	];
}

/** `L5`; the layer is 0-based. */
export function layerMark(layer: number): string {
	return `L${layer + 1}`;
}
