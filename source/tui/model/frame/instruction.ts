import { escapeForTerminal } from '../../../text/escape.ts';
import { formatInstruction } from '../../../text/instruction.ts';

/** The instruction of a layer as a grid of cells can show it. */
export function instructionText(createdBy: string): string {
	return escapeForTerminal(formatInstruction(createdBy));
}
