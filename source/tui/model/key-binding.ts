/** The character that a key types, or the name of a key that types none (`keyNames`). */
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
	'ctrl-u': 'Ctrl-U',
	'ctrl-w': 'Ctrl-W',
};

/** One row of the table of keys. The footer, the help and the documentation are made of it. */
export interface KeyBinding<Action, Context extends string> {
	readonly id: string;
	readonly keys: readonly KeyName[];
	/** Where the key does this. */
	readonly contexts: readonly Context[];
	/** The heading of the help that it is under. */
	readonly group: string;
	/** What it does, for the help and the documentation. */
	readonly description: string;
	/** How the footer names it, where it is important enough. */
	readonly hint?: KeyHint;
	readonly action: Action;
}

export interface KeyHint {
	readonly keys: string;
	readonly text: string;
	/** Shown however narrow the screen is. */
	readonly always?: true;
	/** Shown only while there is a filter. */
	readonly filterOnly?: true;
}

/** The group of the keys that move about in every view. */
export const MOVE_GROUP = 'Move';

export function keyLabel(key: KeyName): string {
	return keyNames[key] ?? key;
}
