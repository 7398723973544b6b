/**
 * Characters that JSON allows in a string, but that a terminal obeys or hides: DEL, C1 controls, separators, format characters. Besides,
 * the second `#` of two, with which a command begins that CI systems read anywhere in a line of a log, such as `##[` or `##vso[`.
 * Escaped, they mean the same to a JSON reader, and it is safe to print the report on a terminal and in a log.
 */
const unsafe = /[\x7F-\x9F\p{Cf}\p{Zl}\p{Zp}]|(?<=#)#/gu;

/** The JSON text of a value, safe for a terminal and for a log. With an indent it takes several lines. */
export function jsonText(value: unknown, indent?: string): string {
	return JSON.stringify(value, null, indent).replace(unsafe, escapeCharacter);
}

/** The text as the content of a JSON string, without the quotes. */
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
