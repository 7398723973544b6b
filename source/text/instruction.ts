import { escapeForTerminal } from './escape.ts';

/** The longest instruction that is shown: enough for any screen line, and a bound for hostile ones. */
const MAXIMUM_LENGTH = 2000;

/** `RUN` as the builders record it: an optional list of build arguments, then the shell. */
const shellRun = /^(?:RUN\s+)?(?:\|\d+\s.*?\s)?\/bin\/(?:ba)?sh -c\s+/s;

/**
 * The instruction that made a layer, as its author wrote it, in one line that is safe for a terminal: without the shell that
 * runs it, the build arguments before it and the builder's marks.
 */
export function formatInstruction(createdBy: string): string {
	const text = createdBy
		.slice(0, MAXIMUM_LENGTH)
		.trim()
		.replace(/\s+# buildkit$/, '');
	const shell = shellRun.exec(text);
	return escapeForTerminal(withoutShell(text, shell).replace(/\s+/g, ' ').trim());
}

function withoutShell(text: string, shell: RegExpExecArray | null): string {
	if (shell === null) return text;
	const command = text.slice(shell[0].length);
	return command.startsWith('#(nop)') ? command.slice('#(nop)'.length) : `RUN ${command}`;
}
