/** An emoji character, with the skin tone or the variation selector behind it. */
const element = '\\p{Emoji}(?:\\p{Emoji_Modifier}|\\uFE0F)?';

/**
 * What may be an emoji of several characters, as a regular expression with the flag `u`: a flag, a keycap, a flag with tags, and emoji
 * with a skin tone, a variation selector or joiners (UTS #51, section 1.4.9).
 */
export const emojiSequence = [
	'\\p{Regional_Indicator}{2}',
	'[0-9#*]\\uFE0F\\u20E3',
	'\\u{1F3F4}[\\u{E0020}-\\u{E007F}]+',
	`\\p{Emoji}(?:\\p{Emoji_Modifier}|\\uFE0F)(?:\\u200D${element})*`,
	`\\p{Emoji}(?:\\u200D${element})+`,
].join('|');

let recommended: RegExp | null = null;

const oneCharacter = /^.$/su;

/** Whether a text is a sequence that Unicode recommends, so that it is shown as one sign (UTS #51, ED-27). */
export function isEmojiSequence(text: string): boolean {
	if (oneCharacter.test(text)) return false;
	// It takes tens of milliseconds to make, and few images have such a name.
	recommended ??= /^\p{RGI_Emoji}$/v;
	return recommended.test(text);
}
