import { FathomError } from '../../errors.ts';
import { shorten } from '../../text/shorten.ts';
import { throwIfInterrupted } from '../time-slice.ts';

/** Whatever an engine may call an image: a name with tag and digest, an ID or the start of one. Never an option of a program, never a path upwards. */
const pattern = /^[A-Za-z0-9][\w.:@+-]*(?:\/[\w.:@+-]+)*$/;

const MOST_CHARACTERS = 1000;

/** Throws `usage` for what cannot be the name of an image. */
export function requireImageName(name: string): void {
	const hasDots = name.split('/').some((part) => part === '.' || part === '..');
	if (pattern.test(name) && !hasDots && name.length <= MOST_CHARACTERS) return;
	throw new FathomError({
		code: 'usage',
		message: `"${shorten(name)}" is no name of an image.`,
		hint: 'Write NAME[:TAG][@DIGEST] or an image ID, for example nginx:1.27.',
	});
}

const MOST_SUGGESTED = 4;

/** Those of an engine's names that look most like one that it does not have: the same repository first, then those that have it in them. */
export function similarNames(name: string, names: readonly string[]): readonly string[] {
	const repository = repositoryOf(name);
	const same = names.filter((other) => repositoryOf(other) === repository);
	const near = names.filter((other) => {
		const its = repositoryOf(other);
		return its !== repository && (its.includes(repository) || repository.includes(its));
	});
	return [...new Set([...same, ...near])].slice(0, MOST_SUGGESTED);
}

/** The last part of the path, without tag and digest. */
function repositoryOf(name: string): string {
	return (name.replace(/@.*$/, '').split('/').at(-1) ?? '').replace(/:.*$/, '');
}

/** The names of an engine's images, or none where it does not give them: that an image is not there is to be said all the same. Throws `interrupted`. */
export async function namesOrNone(
	names: Promise<readonly string[]>,
	signal: AbortSignal | undefined,
): Promise<readonly string[]> {
	return names.catch(() => {
		throwIfInterrupted(signal);
		return [];
	});
}

/** `not-found`, with names that may have been meant. */
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
				: `Get it with: ${pull} ${shorten(name)}`,
	});
}
