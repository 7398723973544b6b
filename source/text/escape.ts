import { emojiSequence, isEmojiSequence } from './emoji.ts';

const printableAscii = /^[ -~]*$/;

/**
 * Characters that move the cursor, start an escape sequence, reorder or hide text: C0 and C1 controls, DEL, line and paragraph
 * separators, bidirectional controls, zero-width and other format characters, and halves of surrogate pairs. Besides, those that show
 * nothing of their own or change what stands beside them: invisible letters and variation selectors, halves of flags, skin tones and the
 * enclosing keycap. They are left alone only where they are part of an emoji.
 */
const unsafe =
	'[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Default_Ignorable_Code_Point}\\p{Regional_Indicator}\\p{Emoji_Modifier}\\u20E3]';
const unsafeCharacters = new RegExp(unsafe, 'gu');
const unsafeOrSequence = new RegExp(`${emojiSequence}|${unsafe}`, 'gu');

/** A combining mark at the start would join what stands before it. */
const leadingMarks = /^\p{M}+/u;

/** Text that is safe to send to a terminal, in one line of cells that can be counted: what is unsafe is shown as `\xHH` or `\u{HHHH}`. */
export function escapeForTerminal(text: string): string {
	if (printableAscii.test(text)) return text;
	return text
		.replace(unsafeOrSequence, showFound)
		.replace(leadingMarks, (marks) => [...marks].map(showCharacter).join(''));
}

function showFound(found: string): string {
	return isEmojiSequence(found) ? found : found.replace(unsafeCharacters, showCharacter);
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
