/** A word of a filter. */
export interface Word {
	readonly text: string;
	/** Whether it begins with a quote, so that it is a text and nothing else. */
	readonly isQuoted: boolean;
}

/** The words of a filter. Blanks are between them, but for those in double quotes. Null where a quote is not closed. */
export function splitWords(text: string): readonly Word[] | null {
	const words: Word[] = [];
	let word: string | null = null;
	let isQuoted = false;
	let isInQuotes = false;
	for (const character of text) {
		if (character === '"') {
			if (word === null) isQuoted = true;
			word ??= '';
			isInQuotes = !isInQuotes;
		} else if (isInQuotes || !/\s/.test(character)) {
			word = (word ?? '') + character;
		} else if (word !== null) {
			words.push({ text: word, isQuoted });
			[word, isQuoted] = [null, false];
		}
	}
	if (isInQuotes) return null;
	return word === null ? words : [...words, { text: word, isQuoted }];
}
