/**
 * Characters that move the cursor, start an escape sequence, reorder or hide text: C0 and C1 controls, DEL, line and paragraph
 * separators, bidirectional controls, zero-width and other format characters, and halves of surrogate pairs.
 */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Text that is safe to send to a terminal, in one line: what is unsafe is shown as `\xHH` or `\u{HHHH}`. */
export function escapeForTerminal(text: string): string {
	return text.replace(unsafe, (character) => {
		const code = character.codePointAt(0) ?? 0;
		const hex = code.toString(16).toUpperCase();
		return code < 0x100 ? `\\x${hex.padStart(2, '0')}` : `\\u{${hex}}`;
	});
}
