/** Fixed text that a secret has at or near its start, and what has to come right behind it. It keeps nearly all text away from the patterns. */
export interface Prefix {
	/** 3 to 8 ASCII characters. */
	readonly text: string;
	/** So many characters of tokens, at most 200; or what a URL has before its host: a name, a colon, a password, and an `@`. */
	readonly follows: number | 'user-info';
}

/** Where a prefix stands. */
export interface PrefixHit {
	/** Bytes from the start. */
	readonly offset: number;
	/** Its position in the list of prefixes. */
	readonly prefix: number;
}

/** More than this many are in no genuine file; those that come later are not looked at. */
export const MOST_HITS = 256;

/** The longest name with a password in a URL. */
export const MOST_USER_INFO_BYTES = 256;

/** Whether a byte is one of those that tokens are made of: base64 in both alphabets, and a dot. */
export function isTokenByte(byte: number): boolean {
	return /[A-Za-z0-9+/=_.-]/.test(String.fromCharCode(byte));
}

/** Whether a byte may stand in the name or the password of a URL (RFC 3986, 3.2.1), or be its colon. */
export function isUserInfoByte(byte: number): boolean {
	return /[A-Za-z0-9._~!$&*+,;=:%^?#-]/.test(String.fromCharCode(byte));
}
