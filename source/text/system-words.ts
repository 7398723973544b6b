/** What the system's error codes mean for somebody who writes a file, in the user's words, without a full stop. */
export const systemWords: Readonly<Record<string, string>> = {
	ENOENT: 'there is no such folder',
	EACCES: 'permission denied',
	EPERM: 'permission denied',
	EROFS: 'the file system is read-only',
	ENOSPC: 'no space is left on the device',
	EDQUOT: 'the disk quota is used up',
	EFBIG: 'the file would be too large',
	EIO: 'the device reports an error',
	EMFILE: 'too many files are open',
};
