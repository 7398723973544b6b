import { FathomError } from '../errors.ts';
import { archiveSource } from './archive-source.ts';
import type { ImageSource, OpenOptions, ReadImage, SourceInput } from './image-source.ts';
import { layoutSource } from './layout-source.ts';
import { standardInputSource } from './standard-input-source.ts';

/** Every source; the first that accepts a reference reads it. */
const sources: readonly ImageSource[] = [standardInputSource, layoutSource, archiveSource];

/** Opens a reference, picks one image and reads its layers. Throws `FathomError`. */
export async function readImage(input: SourceInput, options: OpenOptions): Promise<ReadImage> {
	try {
		const source = sources.find((candidate) => candidate.accepts(input.reference)) ?? archiveSource;
		return await source.read(input, options);
	} catch (error) {
		throw asFathomError(error, input.reference);
	}
}

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

const wordsOfCode: Readonly<Record<string, Words>> = {
	ENOENT: noSuchFile,
	ENOTDIR: noSuchFile,
	ENAMETOOLONG: noSuchFile,
	EACCES: denied,
	EPERM: denied,
	EIO: { code: 'unreadable', message: 'the disk reports an error' },
	EMFILE: { code: 'unreadable', message: 'too many files are open' },
};

function asFathomError(error: unknown, reference: string): unknown {
	if (error instanceof FathomError || !(error instanceof Error) || !('code' in error)) return error;
	const words = wordsOfCode[String(error.code)];
	return words
		? new FathomError({ ...words, message: `${reference}: ${words.message}.`, cause: error })
		: error;
}
