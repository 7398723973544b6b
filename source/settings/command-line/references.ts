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
	/** Paths in the images; for a command that takes no image, the codes. */
	readonly paths: readonly string[];
}

/** The images among the words of a command line. Throws `usage`. */
export function referencesOf(
	command: CommandDefinition,
	positions: readonly string[],
	newFlags: FlagTexts,
): References {
	const { imageCount } = command;
	if (imageCount === 2) return bothReferencesOf(command, positions, newFlags);
	// In a terminal, that is a question for the images at hand.
	const isHome = command.name === 'explore' && positions.length === 0;
	const reference =
		imageCount === 0 || isHome ? rejectImages(command, positions) : referenceOf(command, positions);
	return { reference, newReference: null, paths: positions.slice(imageCount) };
}

/** One reference is enough where a flag makes two images of it. A path after it would be taken for the second one. */
function bothReferencesOf(
	{ usage, pathCount = noPaths }: CommandDefinition,
	positions: readonly string[],
	newFlags: FlagTexts,
): References {
	const [reference, newReference = reference, ...paths] = positions;
	const least = newFlags.size > 0 ? 1 : 2;
	if (positions.length < least || positions.includes('')) {
		throw usageError(
			positions.length === 1 ? `${usage}: only one image was named.` : `${usage}: no image was named.`,
			`${usage}, where OLD and NEW are names such as nginx:1.27, files, folders or - for standard input.`,
		);
	}
	if (paths.length > pathCount.most) {
		const taken = pathCount.most > 0 ? 'two images and a path' : 'two images';
		const arePaths = pathCount.most > 0 && paths.every((each) => each.startsWith('/'));
		throw tooMany(usage, taken, positions, arePaths ? ONE_PATH : QUOTES);
	}
	return { reference, newReference, paths };
}

function rejectImages(
	{ name, usage, pathCount = noPaths }: CommandDefinition,
	positions: readonly string[],
): null {
	if (positions.length <= pathCount.most) return null;
	if (pathCount.most > 0) throw tooMany(usage, 'one code', positions, 'fathom explain lists the codes.');
	const meant = suggestCommand(`${name} ${positions[0]}`);
	throw usageError(
		`${usage} takes no image, got ${JSON.stringify(positions[0])}.`,
		meant === null || meant === name ? undefined : `fathom ${meant}`,
	);
}

/** Where nobody can choose one. */
export function noImage(): FathomError {
	return usageError(NO_IMAGE.message, NO_IMAGE.hint);
}

const NO_IMAGE = {
	message: 'No image was named.',
	hint: 'fathom IMAGE, fathom demo for the sample, or fathom --help.',
};

const noPaths = { least: 0, most: 0 };

function referenceOf(command: CommandDefinition, positions: readonly string[]): string {
	const { name, usage, pathCount = noPaths } = command;
	const [reference, ...paths] = positions;
	const isEnough = paths.length >= pathCount.least && paths.length <= pathCount.most;
	if (positions.length > 0 && isEnough && !positions.includes('')) return reference;
	if (positions.length > 0 && reference !== '' && pathCount.most > 0) throw wrongPaths(command, positions);
	if (positions.length === 0 || positions[0] === '') {
		throw usageError(
			name === 'explore' ? NO_IMAGE.message : `${usage}: no image was named.`,
			name === 'explore'
				? NO_IMAGE.hint
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

/** For an image with a path too few or too many, or with an empty one. */
function wrongPaths(
	{ usage, pathCount = noPaths }: CommandDefinition,
	positions: readonly string[],
): FathomError {
	const paths = positions.slice(1);
	if (paths.includes('')) return usageError(`${usage}: a path is empty.`, '/ for all files.');
	if (paths.length < pathCount.least)
		return usageError(
			`${usage}: no path was named.`,
			`fathom files ${positions[0]} lists the paths of the image.`,
		);
	return tooMany(usage, 'one image and one path', positions, QUOTES);
}

const QUOTES = 'Put quotes around a path that contains spaces.';
const ONE_PATH = 'Give one PATH: that of a folder reports all that is below it.';

function tooMany(usage: string, taken: string, positions: readonly string[], hint: string): FathomError {
	return usageError(
		`${usage} takes ${taken}, got ${positions.length}: ${positions.map((each) => JSON.stringify(each)).join(', ')}.`,
		hint,
	);
}
