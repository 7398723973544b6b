import type { Pattern } from './pattern.ts';

/**
 * The longest text within one name that everything the pattern matches contains; null when there is no such text. Searching for that
 * text first leaves few paths to try the pattern on.
 */
export function requiredText(pattern: Pattern): string | null {
	const texts = textsOf(pattern).flatMap((text) => text.split('/'));
	return texts.reduce<string | null>(
		(longest, text) => (text.length > (longest ?? '').length ? text : longest),
		null,
	);
}

/** The text that a pattern of nothing but characters matches; null for any other pattern. */
export function plainText(pattern: Pattern): string | null {
	const parts = pattern.kind === 'sequence' ? pattern.parts : [pattern];
	const characters = parts.map(singleCharacter);
	return characters.includes(null) ? null : characters.join('');
}

/** Texts that everything the pattern matches contains. */
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

/** Adjacent characters make one text. */
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
