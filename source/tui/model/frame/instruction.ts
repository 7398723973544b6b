import { formatInstruction } from '../../../text/instruction.ts';
import { safeText } from '../cells.ts';

/** The instruction of a layer as a grid of cells can show it. */
export function instructionText(createdBy: string): string {
	return safeText(formatInstruction(createdBy));
}
