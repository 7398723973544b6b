import { join } from 'node:path';
import type { Dockerfile } from '../../image/source-lines.ts';
import { readDockerfile } from '../read-dockerfile.ts';
import type { Builder } from './run-build.ts';

/**
 * The Dockerfile that a build uses, by the arguments of docker or podman: that of `-f`, or else the one in the folder that comes last. Null where
 * it is not a file here, as with standard input or a repository.
 */
export async function dockerfileOfBuild(
	builder: Builder,
	rest: readonly string[],
): Promise<Dockerfile | null> {
	const named = valueBehind(rest, /^(?:--file|-f)(?:=|$)|^-f(?=[^=])/);
	const target = valueBehind(rest, /^--target(?:=|$)/);
	const folder = rest.at(-1) ?? '.';
	const usual = builder === 'podman' ? ['Containerfile', 'Dockerfile'] : ['Dockerfile'];
	const paths = named !== null ? [named] : usual.map((name) => join(folder, name));
	for (const path of paths) {
		const read = await readDockerfile(path, target).catch(() => null);
		if (read !== null) return read;
	}
	return null;
}

/** The value of a flag, in it or after it. */
function valueBehind(rest: readonly string[], flag: RegExp): string | null {
	const index = rest.findIndex((text) => flag.test(text));
	if (index === -1) return null;
	const inline = rest[index].replace(flag, '');
	return inline === '' ? (rest[index + 1] ?? null) : inline;
}
