import { FathomError } from '../errors.ts';
import { suggest } from '../settings/command-line/suggest.ts';
import { shorten } from '../text/shorten.ts';

/** The words that a flag names, with commas between them or each with a flag of its own; all of them without it. Throws `usage`. */
export function wordsOf<Word extends string>(
	words: readonly Word[],
	flag: string,
	text: string | undefined,
): ReadonlySet<Word> {
	if (text === undefined) return new Set(words);
	return new Set(text.split(/[\n,]/).map((word) => wordOf(words, flag, word.trim())));
}

/** The word that a flag names. Throws `usage`. */
export function wordOf<Word extends string>(words: readonly Word[], flag: string, text: string): Word {
	const found = words.find((word) => word === text);
	if (found !== undefined) return found;
	const meant = suggest(text, words);
	const list = `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
	throw new FathomError({
		code: 'usage',
		message: `--${flag}: expected ${list}, got ${shorten(JSON.stringify(text))}.`,
		...(meant !== null && { hint: `--${flag} ${meant}` }),
	});
}
