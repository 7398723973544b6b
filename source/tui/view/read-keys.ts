import type { Key } from 'ink';
import type { KeyName } from '../model/key-binding.ts';

/** The keys in one chunk of input: one named key, or the characters that were typed or pasted. */
export function readKeys(input: string, key: Key): readonly KeyName[] {
	const named = namedKey(key);
	if (named !== null) return [named];
	if (key.ctrl) return input.length === 1 ? [controlName(input)] : [];
	if (key.meta || key.eventType === 'release') return [];
	return [...input].flatMap(characterKey);
}

function namedKey(key: Key): KeyName | null {
	if (key.upArrow) return 'up';
	if (key.downArrow) return 'down';
	if (key.leftArrow) return 'left';
	if (key.rightArrow) return 'right';
	if (key.pageUp) return 'page-up';
	if (key.pageDown) return 'page-down';
	if (key.home) return 'home';
	if (key.end) return 'end';
	if (key.return) return 'enter';
	if (key.tab) return key.shift ? 'shift-tab' : 'tab';
	if (key.escape) return 'escape';
	if (key.backspace) return 'backspace';
	return key.delete ? 'delete' : null;
}

const controlKeys: Readonly<Record<string, KeyName>> = {
	'\r': 'enter',
	'\n': 'enter',
	'\t': 'tab',
	' ': 'space',
};

/** The keys with Ctrl and a letter send the control characters 1 to 26 (ECMA-48, C0). */
const LAST_LETTER_CODE = 26;
const UNIT_SEPARATOR = 0x1f;

/** Keys that are typed faster than they are read arrive as one text, with control characters for Enter, Tab and Ctrl with a letter. */
function characterKey(character: string): readonly KeyName[] {
	const key = controlKeys[character];
	if (key !== undefined) return [key];
	if (!/\p{Cc}/u.test(character)) return [character];
	const code = character.charCodeAt(0);
	if (code === 0 || code === UNIT_SEPARATOR) return [controlName(code === 0 ? ' ' : '_')];
	return code <= LAST_LETTER_CODE ? [`ctrl-${String.fromCharCode(0x60 + code)}`] : [];
}

/** A terminal sends for Ctrl with a slash what it sends for Ctrl with an underscore. */
function controlName(character: string): KeyName {
	if (character === ' ') return 'ctrl-space';
	return character === '_' ? 'ctrl-/' : `ctrl-${character}`;
}
