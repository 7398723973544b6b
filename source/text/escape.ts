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

/** A backslash of a name that would read as one of our own escapes; those of bytes that are no text are in the name already. */
const looksEscaped = /\\(?=x[0-7][0-9A-F]|u\{[0-9A-F]+\})(?!x5C)/g;
/** Characters that would be shown as bytes that are no text are. */
const beyondAscii = /[\u0080-\u00A0\u00AD]/g;
/** Blanks that look like another one or like nothing. */
const oddBlanks = /[^\P{Zs} ]|\u2800| (?=\/|$)/gu;
/** Neither blanks nor backslashes, nor anything beyond ASCII. */
const plainPath = /^[!-[\]-~]*$/;

/**
 * A path or a name that is safe for a terminal: as `escapeForTerminal`, with all else that would make two different names look alike: the
 * blank at the end of a name as `\x20`, blanks of other widths, and a backslash that begins what looks like an escape as `\x5C`.
 */
export function escapePath(path: string): string {
	if (plainPath.test(path)) return path;
	const told = path.replace(looksEscaped, '\\x5C').replace(beyondAscii, showCodePoint);
	return escapeForTerminal(told).replace(oddBlanks, showCharacter);
}

function showCodePoint(character: string): string {
	return `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`;
}

function showCharacter(character: string): string {
	const code = character.codePointAt(0) ?? 0;
	return code < 0x100 ? `\\x${code.toString(16).toUpperCase().padStart(2, '0')}` : showCodePoint(character);
}
