import { messageOf } from '../errors.ts';

const words: Readonly<Record<string, string>> = {
	ENOENT: 'there is no such folder',
	ENOTDIR: 'there is no such folder',
	EACCES: 'permission denied',
	EPERM: 'permission denied',
	EROFS: 'the file system is read-only',
	ENOSPC: 'no space is left on the device',
	EDQUOT: 'the disk quota is used up',
	EFBIG: 'the file would be too large',
	EISDIR: 'it is a folder',
	EIO: 'the device reports an error',
	ENAMETOOLONG: 'the name is too long',
	EMFILE: 'too many files are open',
};

/** Why writing failed, in the user's words, without a full stop. */
export function wordWriteError(error: unknown): string {
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	return words[code] ?? messageOf(error);
}
