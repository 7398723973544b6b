/**
 * Characters that JSON allows and a terminal obeys or hides: DEL, C1 controls, separators, format characters. Escaped, they mean
 * the same to a JSON reader, and a report that is looked at with `cat` stays harmless.
 */
const unsafe = /[\x7F-\x9F\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The JSON text of a value, safe for a terminal; with an indent, over several lines. */
export function jsonText(value: unknown, indent?: string): string {
	return JSON.stringify(value, null, indent).replace(unsafe, escapeCharacter);
}

/** The text as it stands between the quotes of a JSON string. */
export function jsonStringContent(text: string): string {
	return jsonText(text).slice(1, -1);
}

function escapeCharacter(character: string): string {
	let escaped = '';
	for (let index = 0; index < character.length; index++) {
		escaped += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
	}
	return escaped;
}
