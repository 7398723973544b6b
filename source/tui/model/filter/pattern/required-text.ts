import type { Pattern } from './pattern.ts';

/**
 * A text within one name that is in everything the pattern matches: the longest that the pattern spells out; null when it spells out
 * none. Finding that first leaves little for the pattern to be tried on.
 */
export function requiredText(pattern: Pattern): string | null {
	const texts = textsOf(pattern).flatMap((text) => text.split('/'));
	return texts.reduce<string | null>(
		(longest, text) => (text.length > (longest ?? '').length ? text : longest),
		null,
	);
}

/** The text that the pattern is, where it is nothing but characters; null for all else. */
export function plainText(pattern: Pattern): string | null {
	const parts = pattern.kind === 'sequence' ? pattern.parts : [pattern];
	const characters = parts.map(singleCharacter);
	return characters.includes(null) ? null : characters.join('');
}

/** Texts that are in everything the pattern matches. */
function textsOf(pattern: Pattern): readonly string[] {
	switch (pattern.kind) {
		case 'sequence':
			return sequenceTexts(pattern.parts);
		case 'repeat':
			return pattern.minimum > 0 ? textsOf(pattern.part) : [];
		case 'set':
			return sequenceTexts([pattern]);
		default:
			return [];
	}
}

/** Characters side by side make one text. */
function sequenceTexts(parts: readonly Pattern[]): readonly string[] {
	const texts: string[] = [];
	let text = '';
	for (const part of parts) {
		const character = singleCharacter(part);
		if (character !== null) {
			text += character;
			continue;
		}
		texts.push(text, ...(part.kind === 'set' ? [] : textsOf(part)));
		text = '';
	}
	return [...texts, text];
}

function singleCharacter(part: Pattern): string | null {
	if (part.kind !== 'set' || part.ranges.length !== 1) return null;
	const [first, last] = part.ranges[0];
	return first === last ? String.fromCodePoint(first) : null;
}
