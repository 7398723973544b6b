/** An error like those of zlib, with its words and code, so that one and the same is said whichever decoder was at work. */
export function damaged(words: string): Error {
	return Object.assign(new Error(words), { code: 'Z_DATA_ERROR' });
}

export function endedTooEarly(): Error {
	return Object.assign(new Error('unexpected end of file'), { code: 'Z_BUF_ERROR' });
}
