/** An error with the message and code of zlib, so that every decoder reports the same. */
export function damaged(words: string): Error {
	return Object.assign(new Error(words), { code: 'Z_DATA_ERROR' });
}

export function endedTooEarly(): Error {
	return Object.assign(new Error('unexpected end of file'), { code: 'Z_BUF_ERROR' });
}
