import { formatCount } from '../../../text/bytes.ts';
import { escapeForTerminal } from '../../../text/escape.ts';
import type { AskedFile, FilePart } from '../../model/effects/file-requests.ts';
import { PART_BYTES } from '../../model/screens/file/file-state.ts';
import { shownText } from '../../model/screens/file/rows/row-spans.ts';
import { placeInBytes } from '../../model/screens/file/rows/text-places.ts';
import { rowRange, type TextRows, textRows } from '../../model/screens/file/rows/text-rows.ts';
import type { Talk } from '../answer.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The lines of a file, read part by part as they are wanted; a long line is several. What is no text is said to be none. */
export async function* textLines(ask: AskedFile, talk: Talk): AsyncGenerator<string> {
	let masked = 0;
	for (let start = 0; start < ask.totalBytes; ) {
		const part = await talk.services['read-file']({ ...ask, start, length: PART_BYTES }, talk.signal);
		if (part.kind === 'refused') {
			yield escapeForTerminal(part.reason);
			return;
		}
		if (part.bytes.length === 0) return;
		if (part.type?.isText === false) {
			yield `It is no text: ${part.type.name}.`;
			return;
		}
		if (part.masked > 0 && masked === 0) yield maskedText(part.masked);
		masked += part.masked;
		const rows = textRows(part.text);
		const end = wholeRows(rows, part, ask.totalBytes);
		for (let row = 0; row < end; row++)
			yield shownText(decoder.decode(part.text.subarray(...rowRange(rows, row))));
		start += end === rows.lines.length ? part.bytes.length : placeInBytes(part, rows.starts[end]);
	}
}

function maskedText(count: number): string {
	return count === 1
		? 'A value that looks secret is asterisks here.'
		: `${formatCount(count)} values that look secret are asterisks here.`;
}

/** How many rows do not go on in the next part. */
function wholeRows({ lines }: TextRows, { start, bytes }: FilePart, totalBytes: number): number {
	const isLast = start + bytes.length >= totalBytes;
	return isLast || lines.length === 1 ? lines.length : lines.length - 1;
}
