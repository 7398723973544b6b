import { constants, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { FathomError } from '../errors.ts';
import type { Dockerfile } from '../image/source-lines.ts';
import { MAXIMUM_DOCKERFILE_BYTES } from '../text/dockerfile/parse-dockerfile.ts';

/** Reads the Dockerfile that an image was made of. Throws `not-found` or `unsupported`, with what to do. */
export async function readDockerfile(path: string, target: string | null): Promise<Dockerfile> {
	const source = await textOf(path).catch((cause: NodeJS.ErrnoException) => {
		if (cause instanceof FathomError) throw cause;
		throw new FathomError({
			code: 'not-found',
			message: `--file ${path}: ${cause.code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${cause.code ?? cause.message})`}.`,
			hint: 'Name the Dockerfile that the image was built from.',
			cause,
		});
	});
	return { name: basename(path), source, target };
}

/** A file that is no regular one may have no end, and a pipe would be waited for when it is opened. */
async function textOf(path: string): Promise<string> {
	const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
	try {
		const stats = await file.stat();
		if (!stats.isFile() || stats.size > MAXIMUM_DOCKERFILE_BYTES)
			throw new FathomError({
				code: 'unsupported',
				message: `--file ${path}: it is ${stats.isFile() ? `${stats.size} bytes, more than a Dockerfile has` : 'not a regular file'}.`,
				hint: 'Name the Dockerfile that the image was built from.',
			});
		return await file.readFile('utf8');
	} finally {
		await file.close();
	}
}
