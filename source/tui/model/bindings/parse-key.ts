import { escapeForTerminal } from '../../../text/escape.ts';
import { cellWidth } from '../../../text/width.ts';
import { type KeyName, keyNames } from '../key-binding.ts';

/** The keys that a text means, or why it means none. */
export type ParsedKey =
	| { readonly ok: true; readonly key: KeyName }
	| { readonly ok: false; readonly problem: string };

const aliases: Readonly<Record<string, KeyName>> = {
	' ': 'space',
	esc: 'escape',
	return: 'enter',
	pgup: 'page-up',
	pageup: 'page-up',
	pgdn: 'page-down',
	pgdown: 'page-down',
	pagedown: 'page-down',
	del: 'delete',
	backtab: 'shift-tab',
	slash: '/',
	comma: ',',
	'ctrl-slash': 'ctrl-/',
	'ctrl-_': 'ctrl-/',
};

/** Keys with Ctrl for which a terminal sends what it sends for another key. */
const sameAs: Readonly<Record<string, KeyName>> = {
	'ctrl-h': 'backspace',
	'ctrl-i': 'tab',
	'ctrl-j': 'enter',
	'ctrl-m': 'enter',
	'ctrl-[': 'escape',
};

/**
 * Reads the name of a key: the character that it types, or its name as the help or dive writes it, such as `Ctrl-A`, `ctrl+a` or `PgUp`. What
 * is read is safe for a terminal.
 */
export function parseKey(text: string): ParsedKey {
	if (isCharacter(text)) return { ok: true, key: text === ' ' ? 'space' : text };
	const written = text.trim().toLowerCase().replaceAll('+', '-');
	const name = Object.hasOwn(aliases, written) ? aliases[written] : written;
	if (Object.hasOwn(keyNames, name) || isCharacter(name)) return { ok: true, key: name };
	if (Object.hasOwn(sameAs, name))
		return { ok: false, problem: `a terminal sends ${keyNames[sameAs[name]]} for it` };
	return { ok: false, problem: 'no such key' };
}

/** Whether a text is one character that a key can type and a terminal shows. */
function isCharacter(text: string): boolean {
	return [...text].length === 1 && escapeForTerminal(text) === text && cellWidth(text) > 0;
}
