import { withoutLogCommands } from '../../../text/log-commands.ts';

const letters: Readonly<Record<number, string>> = {
	7: '\\a',
	8: '\\b',
	9: '\\t',
	10: '\\n',
	11: '\\v',
	12: '\\f',
	13: '\\r',
	34: '\\"',
	92: '\\\\',
};

/** Bytes that can begin a command to a CI system. They need no quoting in a patch, but may have it. */
const commandMarks: readonly number[] = [...Buffer.from('#:_~^')];

/** Nobody sees it, and patch does not find such a name at the end of a line. git reads a name in quotation marks anywhere. */
const endsWithBlank = / (?:\/|$)/;

/**
 * A path in the headers of a patch, with `a/` or `b/` in front of it, as git writes it with `core.quotePath` on (quote.c, `quote_c_style`):
 * a path that has a byte that is not printable ASCII, a quotation mark or a backslash is in quotation marks, and those are escaped. So it is
 * safe for a terminal, and a program that reads the patch gets the exact path. What a CI system would take for a command is escaped too.
 */
export function quotedName(prefix: string, path: Uint8Array): string {
	const latin = Buffer.from(path.buffer, path.byteOffset, path.length).toString('latin1');
	const isCommand = withoutLogCommands(latin) !== latin;
	const escaped = Array.from(path, (byte) => escapeByte(byte, isCommand)).join('');
	return escaped === latin && !endsWithBlank.test(latin) ? `${prefix}${latin}` : `"${prefix}${escaped}"`;
}

function escapeByte(byte: number, isCommand: boolean): string {
	if (byte in letters) return letters[byte];
	if (byte >= 0x20 && byte < 0x7f && !(isCommand && commandMarks.includes(byte)))
		return String.fromCharCode(byte);
	return `\\${byte.toString(8).padStart(3, '0')}`;
}
