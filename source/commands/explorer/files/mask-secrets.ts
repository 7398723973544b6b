import { type ByteRange, secretRanges } from '../../../facts/secrets/find-secrets.ts';
import { namedRulesFor } from '../../../facts/secrets/named-rules.ts';
import { maskUnits, type Utf16, utf8Of } from './utf16.ts';

const LINE_FEED = 0x0a;
const ASTERISK = 0x2a;

/** Secrets are found in parts of this length; a longer one is searched in pieces. */
const MOST_SEARCHED_BYTES = 1024 * 1024;

/** Puts asterisks in the place of values that look secret. Gives how many. */
export function maskSecrets(bytes: Uint8Array, path: string, isText: boolean): number {
	let masked = 0;
	for (const { start, end } of secretsIn(bytes, path, isText)) {
		masked += 1;
		for (let at = start; at < end; at++) if (bytes[at] !== LINE_FEED) bytes[at] = ASTERISK;
	}
	return masked;
}

/** The same in text in UTF-16 that begins with a whole character. */
export function maskUtf16(bytes: Uint8Array, path: string, encoding: Utf16): number {
	const text = utf8Of(bytes, encoding);
	let [masked, at, unit] = [0, 0, 0];
	/** Ranges are ascending. */
	const unitAt = (offset: number): number => {
		unit += Buffer.from(text.subarray(at, offset)).toString('utf8').length;
		at = offset;
		return unit;
	};
	for (const { start, end } of secretsIn(text, path, true)) {
		masked += 1;
		const first = unitAt(start);
		maskUnits(bytes.subarray(2 * first, 2 * unitAt(end)), encoding);
	}
	return masked;
}

function* secretsIn(bytes: Uint8Array, path: string, isText: boolean): Generator<ByteRange> {
	const named = namedRulesFor(path);
	for (let from = 0; from < bytes.length; from += MOST_SEARCHED_BYTES) {
		const searched = bytes.subarray(from, from + MOST_SEARCHED_BYTES);
		for (const { start, end } of secretRanges(searched, { named, isText }))
			yield { start: from + start, end: from + end };
	}
}
