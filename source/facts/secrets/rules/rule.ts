import type { Prefix } from '../prefixes/prefix.ts';

/**
 * How one kind of secret is recognised. Where a pattern has a group `secret`, what that holds has to look like no placeholder. Patterns take
 * time in proportion to the text: no quantifier is without a bound but where what it takes cannot be taken in another way.
 */
export interface SecretRule {
	/** In plain words, for people: "a private key". Starts as in the middle of a sentence. */
	readonly title: string;
	readonly finds: readonly Find[];
}

export type Find = InAnyText | InNamedFile | WholeNamedFile;

/** In any text: the pattern is sticky and is tried where the prefix stands. It may look back by `BEHIND_BYTES`, and sees `AHEAD_BYTES`. */
export interface InAnyText {
	readonly prefix: Prefix;
	readonly pattern: RegExp;
}

/** In files of some names: `NAME`, `FOLDER/NAME` (at any depth), `*.EXTENSION`, `FOLDER/*.EXTENSION`, or `START*`. */
interface Named {
	readonly names: readonly string[];
}

/** Where the pattern, which is global, matches. */
export interface InNamedFile extends Named {
	readonly pattern: RegExp;
}

/** The file as a whole, which has no lines. */
export interface WholeNamedFile extends Named {
	readonly isSecret: (content: Buffer) => boolean;
}

export const BEHIND_BYTES = 256;
export const AHEAD_BYTES = 1024;

/** In any text from each of some prefixes on. */
export function tokens(
	texts: readonly string[],
	follows: Prefix['follows'],
	pattern: RegExp,
): readonly InAnyText[] {
	return texts.map((text) => ({ prefix: { text, follows }, pattern }));
}
