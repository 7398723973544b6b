import { messageOf } from '../errors.ts';
import { systemWords } from '../text/system-words.ts';
import type { Warning } from '../warning.ts';

const words: Readonly<Record<string, string>> = {
	...systemWords,
	EEXIST: 'something else is in its place',
	ENOTDIR: 'something else is in its place',
	EISDIR: 'something else is in its place',
	ELOOP: 'something else is in its place',
};

/** Why the cache cannot be used, in the user's words, without a full stop. */
export function wordCacheError(error: unknown): string {
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	return words[code] ?? messageOf(error);
}

export function unreadable(folder: string, error: unknown): Warning {
	return unavailable(folder, `The cache cannot be read and is not used: ${wordCacheError(error)}.`);
}

export function unwritable(folder: string, error: unknown): Warning {
	return unavailable(folder, `The cache cannot be written: ${wordCacheError(error)}.`);
}

export function foreignFolder(path: string): Warning {
	return unavailable(path, 'The cache belongs to another user and is not used.');
}

export function sharedFolder(path: string): Warning {
	return unavailable(
		path,
		'The cache is not used, because other users can write to this folder; chmod go-w keeps them out.',
	);
}

export function exposedKey(path: string): Warning {
	return unavailable(
		path,
		'The cache is not used, because other users can read its key; chmod go-rwx keeps them out.',
	);
}

function unavailable(folder: string, message: string): Warning {
	return { code: 'cache-unavailable', layerIndex: null, count: 1, example: folder, message };
}
