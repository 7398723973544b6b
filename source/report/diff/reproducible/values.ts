import type { BytesDifference } from '../../../diff/reproducible/first-bytes.ts';
import { formatCount } from '../../../text/bytes.ts';
import { formatDate } from '../../../text/dates.ts';
import { decodeName } from '../../../text/decode-name.ts';
import { escapeForTerminal } from '../../../text/escape.ts';
import { shorten } from '../../../text/shorten.ts';

/** Bytes in Latin-1 as text that is safe for a terminal. */
export function formatLatin1(text: string): string {
	return escapeForTerminal(shorten(decodeName(Buffer.from(text, 'latin1'))));
}

/** The same in quotes; `none` for what is not there. */
export function formatText(text: string | null): string {
	return text === null ? 'none' : `"${formatLatin1(text)}"`;
}

/** Text of a document in quotes; `none` for what is not there. */
export function formatDocumentText(text: string | null): string {
	return text === null ? 'none' : `"${escapeForTerminal(shorten(text))}"`;
}

/** `sha256:75ae28b8ebf8`. */
export function shortDigest(digest: string): string {
	return digest.replace(/(?<=:.{12}).*$/, '');
}

/** `1700000000 -> 1700000060 (2023-11-14T22:13:20Z -> 2023-11-14T22:14:20Z)`. */
export function formatTimes(older: number, newer: number): string {
	return `${older} -> ${newer} (${formatDate(older)} -> ${formatDate(newer)})`;
}

/** The first different bytes of both, below each other: `0000001f  66 6f 6f  |foo|`. */
export function hexLines({ shownFrom, older, newer }: BytesDifference): readonly string[] {
	const width = 3 * Math.max(older.length, newer.length);
	return [older, newer].map((bytes, side) => {
		const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
		const text = Array.from(bytes, (byte) =>
			byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.',
		).join('');
		const offset = shownFrom.toString(16).padStart(8, '0');
		return `${side === 0 ? 'old' : 'new'}  ${offset}  ${hex.padEnd(width)} |${text}|`;
	});
}

/** `byte 1,234`, counted from 0 as the hexadecimal offsets are. */
export function formatOffset({ offset }: BytesDifference): string {
	return `byte ${formatCount(offset)}`;
}
