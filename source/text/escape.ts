const printableAscii = /^[ -~]*$/;

/**
 * Characters that move the cursor, start an escape sequence, reorder or hide text: C0 and C1 controls, DEL, line and paragraph
 * separators, bidirectional controls, zero-width and other format characters, and halves of surrogate pairs. Besides, those whose width
 * terminals do not agree on, so that a line with one of them would end in another column than the one that was computed: invisible
 * letters and variation selectors, halves of flags, skin tones and the enclosing keycap.
 */
const unsafe =
	/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Regional_Indicator}\p{Emoji_Modifier}]|\u20E3/gu;

/** A combining mark at the start would join what stands before it. */
const leadingMarks = /^\p{M}+/u;

/** Text that is safe to send to a terminal, in one line of cells that can be counted: what is unsafe is shown as `\xHH` or `\u{HHHH}`. */
export function escapeForTerminal(text: string): string {
	if (printableAscii.test(text)) return text;
	return text
		.replace(unsafe, showCharacter)
		.replace(leadingMarks, (marks) => [...marks].map(showCharacter).join(''));
}

const blankAtEnd = /\p{Zs}(?=\/|$)/gu;

/** A path or a name that is safe for a terminal: as `escapeForTerminal`, with the blank at the end of a name, which nobody would see, as `\x20`. */
export function escapePath(path: string): string {
	return escapeForTerminal(path).replace(blankAtEnd, showCharacter);
}

function showCharacter(character: string): string {
	const code = character.codePointAt(0) ?? 0;
	const hex = code.toString(16).toUpperCase();
	return code < 0x100 ? `\\x${hex.padStart(2, '0')}` : `\\u{${hex}}`;
}
