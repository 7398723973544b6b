/** A literal backslash that would read as one of our own escapes. */
const looksEscaped = /\\(?=x(?:5C|[89A-F][0-9A-F]))/g;

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Text for the bytes of a name. Valid UTF-8 is decoded as such; any other byte is shown as `\xHH`, and two different names
 * never become one: a backslash that starts what looks like such an escape is itself shown as `\x5C`.
 * Control characters stay: escape the result with `escapeForTerminal` before it reaches a terminal.
 */
export function decodeName(bytes: Uint8Array): string {
	try {
		const text = strict.decode(bytes);
		return text.includes('\\x') ? text.replace(looksEscaped, '\\x5C') : text;
	} catch {
		return decodeInvalid(bytes);
	}
}

const escapes = /\\x(5C|[89A-F][0-9A-F])/g;

/** The bytes of a name that `decodeName` gave as text. */
export function encodeName(text: string): Uint8Array {
	if (!text.includes('\\x')) return Buffer.from(text, 'utf8');
	const parts: Uint8Array[] = [];
	let end = 0;
	for (const { 0: written, 1: digits, index } of text.matchAll(escapes)) {
		parts.push(Buffer.from(text.slice(end, index), 'utf8'), Uint8Array.of(Number.parseInt(digits, 16)));
		end = index + written.length;
	}
	return Buffer.concat([...parts, Buffer.from(text.slice(end), 'utf8')]);
}

function decodeInvalid(bytes: Uint8Array): string {
	let text = '';
	let position = 0;
	while (position < bytes.length) {
		const length = sequenceLength(bytes, position);
		if (length === 0) {
			text += `\\x${bytes[position].toString(16).toUpperCase()}`;
			position += 1;
		} else {
			text += strict.decode(bytes.subarray(position, position + length));
			position += length;
		}
	}
	return unescapeAmbiguous(text, bytes);
}

/**
 * Escapes the literal backslashes of a name that also has invalid bytes. Every backslash byte of the name is literal, so they are
 * told apart from our own by decoding the name again around them.
 */
function unescapeAmbiguous(text: string, bytes: Uint8Array): string {
	if (!bytes.includes(0x5c)) return text;
	const parts: string[] = [];
	let start = 0;
	for (let index = 0; index <= bytes.length; index++) {
		if (index < bytes.length && bytes[index] !== 0x5c) continue;
		parts.push(decodeName(bytes.subarray(start, index)));
		start = index + 1;
	}
	return parts.reduce((joined, part) =>
		/^x(?:5C|[89A-F][0-9A-F])/.test(part) ? `${joined}\\x5C${part}` : `${joined}\\${part}`,
	);
}

/** Length of the valid UTF-8 sequence at `position`, or 0. */
function sequenceLength(bytes: Uint8Array, position: number): number {
	const first = bytes[position];
	if (first < 0x80) return 1;
	const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
	if (length === 0 || position + length > bytes.length) return 0;
	try {
		strict.decode(bytes.subarray(position, position + length));
		return length;
	} catch {
		return 0;
	}
}
