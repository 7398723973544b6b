import fc from 'fast-check';

const letter = fc.constantFrom('a', 'b', 'c', 'é', '日', '/', '.');

const character = letter.map((each) => (each === '.' || each === '/' ? `\\${each}` : each));

const special = fc.constantFrom('.', '[ab]', '[^a日]', '[a-é]', '\\w', '\\W', '\\d', '\\S', '[^]', '^', '$');

const repeats = fc.constantFrom('*', '+', '?', '{2}', '{1,2}', '{2,}', '*?');

/** The sources of patterns that mean the same in JavaScript, with `u`, as here. */
export const { pattern: arbitraryPattern } = fc.letrec<{ pattern: string; sequence: string; part: string }>(
	(tie) => ({
		pattern: fc.oneof(
			{ weight: 3, arbitrary: tie('sequence') },
			fc.tuple(tie('sequence'), tie('sequence')).map((both) => both.join('|')),
		),
		sequence: fc.array(tie('part'), { maxLength: 4 }).map((parts) => parts.join('')),
		part: fc.oneof(
			{ maxDepth: 4 },
			{ weight: 5, arbitrary: character },
			{ weight: 1, arbitrary: special },
			fc.tuple(character, repeats).map((both) => both.join('')),
			fc
				.tuple(tie('pattern'), fc.constantFrom('', '*', '+', '?'))
				.map(([inner, times]) => `(${inner})${times}`),
		),
	}),
);

/** Texts of the characters that such patterns are made of. */
export const arbitraryText = fc.array(letter, { maxLength: 8 }).map((letters) => letters.join(''));
