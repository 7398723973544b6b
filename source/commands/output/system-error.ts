import { messageOf } from '../../errors.ts';
import { systemWords } from '../../text/system-words.ts';

const words: Readonly<Record<string, string>> = {
	...systemWords,
	ENOTDIR: 'there is no such folder',
	EISDIR: 'it is a folder',
	ENAMETOOLONG: 'the name is too long',
	ELOOP: 'its symbolic links lead in a circle',
};

const folderHints: Readonly<Record<string, string>> = {
	ENOENT: 'Name another folder.',
	ENOTDIR: 'Name another folder.',
	EACCES: 'Name a folder that you may write to.',
	EPERM: 'Name a folder that you may write to.',
	EROFS: 'Name a folder that you may write to.',
	ENOSPC: 'Make room, or name a folder on another disk.',
	EDQUOT: 'Make room, or name a folder on another disk.',
};

const hints: Readonly<Record<string, string>> = {
	ENOENT: 'Make the folder first, or name a file in one that is there.',
	ENOTDIR: 'Make the folder first, or name a file in one that is there.',
	EACCES: 'Name a file in a folder that you may write to.',
	EPERM: 'Name a file in a folder that you may write to.',
	EROFS: 'Name a file in a folder that you may write to.',
	ENOSPC: 'Make room, or name a file on another disk.',
	EDQUOT: 'Make room, or name a file on another disk.',
	EISDIR: 'Name a file in it.',
};

/** Why writing failed, in the user's words, without a full stop. */
export function wordWriteError(error: unknown): string {
	return words[codeOf(error)] ?? messageOf(error);
}

/** What to try when writing a file failed; undefined where nothing comes to mind. */
export function hintForWriteError(error: unknown): string | undefined {
	return hints[codeOf(error)];
}

/** The same for a folder with files. */
export function hintForFolderError(error: unknown): string | undefined {
	return folderHints[codeOf(error)];
}

function codeOf(error: unknown): string {
	return error instanceof Error && 'code' in error ? String(error.code) : '';
}
