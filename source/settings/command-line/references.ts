import type { FathomError } from '../../errors.ts';

import { type CommandDefinition, commands } from '../commands.ts';
import type { FlagTexts } from '../flags.ts';
import { suggest } from './suggest.ts';
import { usageError } from './usage-error.ts';

/** The images that a command line names. */
export interface References {
	/** null for a command that takes none. */
	readonly reference: string | null;
	/** The second image; null for a command that takes fewer. */
	readonly newReference: string | null;
	/** A path in the images; null for none. */
	readonly path: string | null;
}

/** The images among the words of a command line. Throws `usage`. */
export function referencesOf(
	command: CommandDefinition,
	positions: readonly string[],
	newFlags: FlagTexts,
): References {
	const { imageCount } = command;
	if (imageCount === 2) return bothReferencesOf(command, positions, newFlags);
	const reference = imageCount === 0 ? rejectImages(command, positions) : referenceOf(command, positions);
	return { reference, newReference: null, path: null };
}

/** One reference is enough where a flag makes two images of it. A path after it would be taken for the second one. */
function bothReferencesOf(
	{ usage, takesPath }: CommandDefinition,
	positions: readonly string[],
	newFlags: FlagTexts,
): References {
	const [reference, newReference = reference, path = null] = positions;
	const least = newFlags.size > 0 ? 1 : 2;
	if (positions.length < least || positions.includes('')) {
		throw usageError(
			positions.length === 1 ? `${usage}: only one image was named.` : `${usage}: no image was named.`,
			`${usage}, where OLD and NEW are names such as nginx:1.27, files, folders or - for standard input.`,
		);
	}
	if (positions.length > (takesPath ? 3 : 2)) {
		const taken = takesPath ? 'two images and a path' : 'two images';
		const arePaths = takesPath && positions.slice(2).every((each) => each.startsWith('/'));
		throw tooMany(usage, taken, positions, arePaths ? ONE_PATH : QUOTES);
	}
	return { reference, newReference, path };
}

function rejectImages({ name, usage }: CommandDefinition, positions: readonly string[]): null {
	if (positions.length === 0) return null;
	const meant = suggestCommand(`${name} ${positions[0]}`);
	throw usageError(
		`${usage} takes no image, got ${JSON.stringify(positions[0])}.`,
		meant === null || meant === name ? undefined : `fathom ${meant}`,
	);
}

function referenceOf({ name, usage }: CommandDefinition, positions: readonly string[]): string {
	if (positions.length === 1 && positions[0] !== '') return positions[0];
	if (positions.length === 0 || positions[0] === '') {
		throw usageError(
			name === 'explore' ? 'No image was named.' : `${usage}: no image was named.`,
			name === 'explore'
				? 'fathom IMAGE, fathom demo for the sample, or fathom --help.'
				: `${usage}, where IMAGE is a name such as nginx:1.27, a file, a folder or - for standard input.`,
		);
	}
	const suggestion = name === 'explore' ? suggestCommand(positions[0]) : null;
	throw tooMany(usage, 'one image', positions, suggestion === null ? QUOTES : `fathom ${suggestion}`);
}

/** The command that a word was probably meant to be, as it is typed after `fathom`; null if it looks like a path or like no command. */
export function suggestCommand(word: string): string | null {
	if (/[./\\:]/.test(word)) return null;
	const typed = new Map(
		commands.filter(({ name }) => name !== 'explore').map(({ name }) => [`${name}`, `${name}`]),
	);
	for (const name of ['help', 'version']) typed.set(name, `--${name}`);
	const suggestion = suggest(word, typed.keys());
	return suggestion === null ? null : (typed.get(suggestion) ?? null);
}

const QUOTES = 'Put quotes around a path that contains spaces.';
const ONE_PATH = 'Give one PATH: that of a folder reports all that is below it.';

function tooMany(usage: string, taken: string, positions: readonly string[], hint: string): FathomError {
	return usageError(
		`${usage} takes ${taken}, got ${positions.length}: ${positions.map((each) => JSON.stringify(each)).join(', ')}.`,
		hint,
	);
}
