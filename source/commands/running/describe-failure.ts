import { FathomError, messageOf } from '../../errors.ts';
import type { ReadNote } from '../../sources/image-source.ts';
import { escapeForTerminal } from '../../text/escape.ts';

/** A message may quote a name from an image, and a name may be as long as a layer. */
const MAXIMUM_LINE_LENGTH = 1000;

/** Lines for people: what went wrong, what to try and, where they ask for it, all that is below. None for an interruption. */
export function describeFailure(error: unknown, { verbose }: { readonly verbose: boolean }): string[] {
	if (error instanceof FathomError && error.code === 'interrupted') return [];
	const [message, hint] =
		error instanceof FathomError
			? [error.message, error.hint]
			: [
					`This is a bug: ${messageOf(error)}`,
					verbose ? undefined : 'Run it again with --verbose, and report what it prints.',
				];
	return [
		formatLine(`fathom: ${message}`),
		...(hint === undefined ? [] : [formatLine(`try: ${hint}`)]),
		...(verbose ? causeLines(error) : []),
	];
}

/** The stack of an error, of the error or the errors that caused it, and so on. */
function causeLines(error: unknown): string[] {
	const lines: string[] = [];
	const seen = new Set<unknown>();
	const waiting = [error];
	for (let current = waiting.shift(); current !== undefined; current = waiting.shift()) {
		if (seen.has(current)) continue;
		seen.add(current);
		const stack = current instanceof Error ? (current.stack ?? current.message) : String(current);
		lines.push(...`${lines.length === 0 ? '' : 'caused by '}${stack}`.split('\n').map(formatLine));
		waiting.unshift(...causesOf(current));
	}
	return lines;
}

function causesOf(error: unknown): readonly unknown[] {
	if (error instanceof AggregateError) return error.errors;
	return error instanceof Error && error.cause !== undefined ? [error.cause] : [];
}

/** One line for people, or none: what happens while an image is read. */
export function describeNote(note: ReadNote, { verbose }: { readonly verbose: boolean }): string[] {
	if (note.kind === 'resumed' || (note.kind === 'detail' && !verbose)) return [];
	return [formatLine(`fathom: ${note.message}`)];
}

/** One line for people: what was left out, and the like. */
export function describeWarning(message: string): string[] {
	return [formatLine(`fathom: ${message}`)];
}

function formatLine(line: string): string {
	const bounded = line.length > MAXIMUM_LINE_LENGTH ? `${line.slice(0, MAXIMUM_LINE_LENGTH)}…` : line;
	return escapeForTerminal(bounded);
}
