import { FathomError } from '../../errors.ts';
import { STANDARD_INPUT } from '../../sources/archive/standard-input-source.ts';
import { registryOfReference } from '../../sources/bases/registry-of-reference.ts';
import type { Access, ImageChoice, ReadNote } from '../../sources/image-source.ts';
import { resolveSource } from '../../sources/resolve-source.ts';
import type { CommandContext } from '../command.ts';

/** What the image is to the one that the command is about. */
export type Relation = 'base' | 'baseline';

/** An image beside the one that the command is about. */
export interface RelatedImage {
	readonly relation: Relation;
	/** As the user named it. */
	readonly reference: string;
}

type MainImage = Pick<CommandContext, 'command' | 'reference' | 'settings' | 'flags' | 'stdin'>;

/**
 * Which image that is: for the same platform, and from the source that `--source` names unless it is a path or says its source itself.
 * `build` builds with an engine, and says nothing of where other images are.
 */
export function choiceOf(
	{ reference, relation }: RelatedImage,
	{ command, settings: { source, platform, asLayer } }: MainImage,
): ImageChoice {
	const isSearched = source !== null && command !== 'build' && isSearchedFor(reference);
	return {
		reference,
		...(isSearched && { source }),
		...(platform !== null && { platform }),
		...(asLayer && relation === 'baseline' && { asLayer }),
	};
}

function isSearchedFor(reference: string): boolean {
	try {
		return resolveSource(reference, undefined).kind === 'search';
	} catch {
		// Opening it says what is wrong.
		return false;
	}
}

/**
 * Credentials that were given for the registry of one image go to no other registry: `fathom.yaml`, which may come from someone else, may name
 * the other image. There the credential files decide.
 */
export function accessTo({ reference }: RelatedImage, main: MainImage, access: Access): Access {
	const registry = registryOfReference(main.reference, main.settings.source);
	const isSame = registry !== null && registry === registryOfReference(reference, null);
	return isSame ? access : { ...access, username: null, password: null };
}

/** Standard input brings one thing: an image or a password. Throws `usage`. */
export function checkStandardInput({ relation, reference }: RelatedImage, main: MainImage): void {
	if (reference !== STANDARD_INPUT) return;
	const [what] = [
		...(main.reference === STANDARD_INPUT ? ['the image itself comes by standard input'] : []),
		...(main.flags.get('password-stdin') === 'true' ? ['the password comes by standard input'] : []),
		...(main.stdin.isTTY ? ['standard input is a terminal'] : []),
	];
	if (what === undefined) return;
	throw new FathomError({
		code: 'usage',
		message: `--${relation} -: ${what}.`,
		hint: `Save the ${relation} to a file, and name that.`,
	});
}

/** Says of what happens while an image is read which one that is. */
export function noteOf(
	{ relation, reference }: RelatedImage,
	onNote: (note: ReadNote) => void,
): (note: ReadNote) => void {
	return (note) =>
		onNote(
			note.kind === 'resumed' ? note : { ...note, message: `${relation} ${reference}: ${note.message}` },
		);
}

/** The message of an error without the name of the image in front, for a sentence that has named it. */
export function reasonOf({ message }: FathomError, reference: string): string {
	const said = message.startsWith(`${reference}: `)
		? message.slice(reference.length + 2)
		: message.startsWith(`${reference} `)
			? `it${message.slice(reference.length)}`
			: message;
	return said.replace(/\.$/, '');
}
