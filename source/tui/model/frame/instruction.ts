import { escapeForTerminal } from '../../../text/escape.ts';
import { formatInstruction } from '../../../text/instruction.ts';

/** The instruction of a layer, safe for a terminal. */
export function instructionText(createdBy: string): string {
	return escapeForTerminal(formatInstruction(createdBy));
}
