import { FathomError } from '../errors.ts';

type Words = Pick<FathomError, 'code' | 'message'> & { readonly hint?: string };

const noSuchFile: Words = {
	code: 'not-found',
	message: 'there is no such file or folder',
	hint: 'Check the path; fathom reads image archives and OCI layout folders.',
};
const denied: Words = {
	code: 'unreadable',
	message: 'permission denied',
	hint: 'Check who may read the file.',
};

const circle: Words = {
	code: 'not-found',
	message: 'the symbolic links of this path lead in a circle',
	hint: 'Check the path and the links in it.',
};

const wordsOfCode: Readonly<Record<string, Words>> = {
	ENOENT: noSuchFile,
	ENOTDIR: noSuchFile,
	ENAMETOOLONG: noSuchFile,
	ELOOP: circle,
	EACCES: denied,
	EPERM: denied,
	EIO: {
		code: 'unreadable',
		message: 'the disk reports an error',
		hint: 'Copy the file elsewhere, or save the image again.',
	},
	EMFILE: { code: 'unreadable', message: 'too many files are open', hint: 'Raise the limit with ulimit -n.' },
};

/** Puts what the system says of a file into words, with `reference` where it names no file. Everything else passes through. */
export function asFileError(error: unknown, reference: string): unknown {
	if (error instanceof FathomError || !(error instanceof Error) || !('code' in error)) return error;
	const failure = error as NodeJS.ErrnoException;
	const words = wordsOf(failure);
	if (words === null) return error;
	// In a layout it is one of many files that cannot be read.
	return new FathomError({
		...words,
		message: `${failure.path ?? reference}: ${words.message}.`,
		cause: error,
	});
}

/** Other things that the system may say of a file, in its own words: `ENXIO: no such device or address, open 'x'`. */
function wordsOf(error: NodeJS.ErrnoException): Words | null {
	const known = wordsOfCode[String(error.code)];
	if (known || error.syscall === undefined) return known ?? null;
	const said = /^[A-Z0-9]+: ([^,]+)/.exec(error.message)?.[1] ?? error.code;
	return {
		code: 'unreadable',
		message: `cannot be read (${said})`,
		hint: 'Name an image archive or a folder.',
	};
}
