/** The character that a key types, or for a key that types no character its name in `keyNames`. */
export type KeyName = string;

/** The keys that type no character, and what the help calls them. */
export const keyNames: Readonly<Record<string, string>> = {
	up: '↑',
	down: '↓',
	left: '←',
	right: '→',
	'page-up': 'PgUp',
	'page-down': 'PgDn',
	home: 'Home',
	end: 'End',
	enter: 'Enter',
	space: 'Space',
	tab: 'Tab',
	'shift-tab': 'Shift-Tab',
	escape: 'Esc',
	backspace: 'Backspace',
	delete: 'Delete',
	'ctrl-a': 'Ctrl-A',
	'ctrl-c': 'Ctrl-C',
	'ctrl-e': 'Ctrl-E',
	'ctrl-l': 'Ctrl-L',
	'ctrl-u': 'Ctrl-U',
	'ctrl-w': 'Ctrl-W',
	'ctrl-z': 'Ctrl-Z',
};

/** One row of the table of keys. The footer, the help and the documentation are generated from it. */
export interface KeyBinding<Action, Context extends string> {
	readonly id: string;
	readonly keys: readonly KeyName[];
	/** Where the keys work. */
	readonly contexts: readonly Context[];
	/** The heading under which the help lists it. */
	readonly group: string;
	/** What it does, for the help and the documentation. */
	readonly description: string;
	/** How the footer names it, if it is important enough. */
	readonly hint?: KeyHint;
	readonly action: Action;
}

export interface KeyHint {
	readonly keys: string;
	readonly text: string;
	/** Shown even on a narrow screen. */
	readonly always?: true;
	/** Shown only while there is a filter. */
	readonly filterOnly?: true;
}

/** The group of the keys that move the cursor, in every view. */
export const MOVE_GROUP = 'Move';

export function keyLabel(key: KeyName): string {
	return keyNames[key] ?? key;
}
