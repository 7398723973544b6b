import {
	isTokenByte,
	isUserInfoByte,
	MOST_HITS,
	MOST_USER_INFO_BYTES,
	type Prefix,
	type PrefixHit,
} from './prefix.ts';

const COLON = 0x3a;
const AT = 0x40;

/** What assembly/prefixes does, for a Node that has no WebAssembly. */
export function searchPlainly(content: Uint8Array, prefixes: readonly Prefix[]): readonly PrefixHit[] {
	const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
	const hits: PrefixHit[] = [];
	for (const [prefix, { text, follows }] of prefixes.entries()) {
		let found = 0;
		let offset = bytes.indexOf(text, 0, 'latin1');
		for (; offset >= 0 && found < MOST_HITS; offset = bytes.indexOf(text, offset + 1, 'latin1')) {
			if (!isFollowed(bytes, offset + text.length, follows)) continue;
			hits.push({ offset, prefix });
			found += 1;
		}
	}
	return hits.sort((left, right) => left.offset - right.offset).slice(0, MOST_HITS);
}

function isFollowed(bytes: Buffer, from: number, follows: Prefix['follows']): boolean {
	if (follows === 'user-info') return isUserInfo(bytes, from);
	if (from + follows > bytes.length) return false;
	return bytes.subarray(from, from + follows).every(isTokenByte);
}

function isUserInfo(bytes: Buffer, from: number): boolean {
	let hasColon = false;
	for (const byte of bytes.subarray(from, from + MOST_USER_INFO_BYTES)) {
		if (byte === AT) return hasColon;
		if (!isUserInfoByte(byte)) return false;
		if (byte === COLON) hasColon = true;
	}
	return false;
}
