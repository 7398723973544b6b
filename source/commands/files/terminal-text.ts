import type { FathomError } from '../../errors.ts';
import { isText, TEXT_SAMPLE_BYTES } from '../../report/diff/patch/text-content.ts';
import { escapeForTerminal } from '../../text/escape.ts';
import { withoutLogCommands } from '../../text/log-commands.ts';

export interface TerminalTextOptions {
	/** Whether a CI system may read what is written. */
	readonly isLog: boolean;
	/** What is thrown for a content that is no text. */
	readonly refusal: FathomError;
}

/** A longer line is printed in parts. */
const MOST_LINE_LENGTH = 64 * 1024;

/**
 * The content of a file as text that is safe for a terminal: everything but line breaks and tabs that could move the cursor is escaped. Throws
 * the refusal for what its beginning tells to be no text, before anything is given.
 */
export async function* terminalText(
	pieces: AsyncIterable<Uint8Array>,
	{ isLog, refusal }: TerminalTextOptions,
): AsyncGenerator<Uint8Array> {
	const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
	const finish = isLog ? withoutLogCommands : (text: string) => text;
	let rest = '';
	for await (const piece of inspected(pieces, refusal)) {
		const text = rest + decoder.decode(piece, { stream: true });
		const lineEnd = text.lastIndexOf('\n') + 1;
		const end = text.length - lineEnd > MOST_LINE_LENGTH ? text.length : lineEnd;
		rest = text.slice(end);
		if (end > 0) yield Buffer.from(finish(escapeText(text.slice(0, end))));
	}
	const last = rest + decoder.decode();
	if (last !== '') yield Buffer.from(finish(escapeText(last)));
}

/** The pieces, the first of them long enough to tell whether all is text. */
async function* inspected(
	pieces: AsyncIterable<Uint8Array>,
	refusal: FathomError,
): AsyncGenerator<Uint8Array> {
	let start: Uint8Array | null = new Uint8Array(0);
	for await (const piece of pieces) {
		if (start === null) {
			yield piece;
			continue;
		}
		start = Buffer.concat([start, piece]);
		if (start.length < TEXT_SAMPLE_BYTES) continue;
		if (!isText(start)) throw refusal;
		yield start;
		start = null;
	}
	if (start === null) return;
	if (!isText(start)) throw refusal;
	yield start;
}

function escapeText(text: string): string {
	return text
		.split(/([\n\t])/)
		.map((part, index) => (index % 2 === 1 ? part : escapeForTerminal(part)))
		.join('');
}
