import type { ScriptFact } from './executable-facts.ts';

/** So much of a file Linux looks at (`BINPRM_BUF_SIZE`). */
export const SCRIPT_LINE_BYTES = 256;

/** Whether a file begins as a script does. */
export function isScript(start: Uint8Array): boolean {
	return start[0] === 0x23 && start[1] === 0x21;
}

/** Reads the first line of a script as Linux does (execve(2), "Interpreter scripts"); null where it names no interpreter. */
export function parseScriptLine(start: Uint8Array): ScriptFact | null {
	const seen = Buffer.from(start.subarray(2, SCRIPT_LINE_BYTES)).toString('utf8');
	const [line] = seen.split(/[\n\0]/, 1);
	const [, interpreter, argument = ''] = /^[ \t]*([^ \t]+)(?:[ \t]+(.*))?$/s.exec(line) ?? [];
	if (interpreter === undefined) return null;
	// A path that goes on beyond what Linux looks at is refused.
	const isCut = start.length >= SCRIPT_LINE_BYTES && line.length === seen.length && argument === '';
	const rest = argument.replace(/[ \t]+$/, '');
	return isCut ? null : { kind: 'script', interpreter, argument: rest === '' ? null : rest };
}
