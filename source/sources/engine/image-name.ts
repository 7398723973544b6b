import { FathomError } from '../../errors.ts';
import { shorten } from '../../text/shorten.ts';
import { throwIfInterrupted } from '../time-slice.ts';

/** Everything that names an image in an engine: a name with tag and digest, an ID or its start; but no option, and no path that leads upwards. */
const pattern = /^[A-Za-z0-9][\w.:@+-]*(?:\/[\w.:@+-]+)*$/;

const LONGEST_NAME = 1000;

/** Throws `usage` for a text that cannot be the name of an image. */
export function requireImageName(name: string): void {
	const hasDots = name.split('/').some((part) => part === '.' || part === '..');
	if (pattern.test(name) && !hasDots && name.length <= LONGEST_NAME) return;
	throw new FathomError({
		code: 'usage',
		message: `"${shorten(name)}" is not a valid image name.`,
		hint: 'Use NAME[:TAG][@DIGEST] or an image ID, for example nginx:1.27.',
	});
}

const MOST_SUGGESTED = 4;

/** The names most similar to one that an engine does not have: first the same repository, then repositories that contain it or are contained in it. */
export function similarNames(name: string, names: readonly string[]): readonly string[] {
	const repository = repositoryOf(name);
	const same = names.filter((other) => repositoryOf(other) === repository);
	const near = names.filter((other) => {
		const others = repositoryOf(other);
		return others !== repository && (others.includes(repository) || repository.includes(others));
	});
	return [...new Set([...same, ...near])].slice(0, MOST_SUGGESTED);
}

/** The last part of the path, without tag and digest. */
function repositoryOf(name: string): string {
	return (name.replace(/@.*$/, '').split('/').at(-1) ?? '').replace(/:.*$/, '');
}

/** The names of an engine's images; none when it fails to list them, as they only help to say what is there. Throws `interrupted`. */
export async function namesOrNone(
	names: Promise<readonly string[]>,
	signal: AbortSignal | undefined,
): Promise<readonly string[]> {
	return names.catch(() => {
		throwIfInterrupted(signal);
		return [];
	});
}

/** The error `not-found`, with names that the user may have meant. */
export function noSuchImage(
	where: string,
	name: string,
	names: readonly string[],
	pull: string,
): FathomError {
	const similar = similarNames(name, names);
	return new FathomError({
		code: 'not-found',
		message: `${where} has no image ${shorten(name)}.`,
		hint:
			similar.length > 0
				? `It has ${similar.map(shorten).join(', ')}.`
				: imageId.test(name)
					? 'An ID cannot be pulled: pull the image by its name.'
					: `Get it with: ${pull} ${shorten(name)}`,
	});
}

const imageId = /^(?:sha256:[0-9a-f]+|[0-9a-f]{64})$/;
