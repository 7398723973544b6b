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
	'ctrl-space': 'Ctrl-Space',
	'ctrl-/': 'Ctrl-/',
	...Object.fromEntries(ctrlLetters().map((letter) => [`ctrl-${letter}`, `Ctrl-${letter.toUpperCase()}`])),
};

/** Those that a terminal tells from other keys: it sends Ctrl-H as Backspace, Ctrl-I as Tab, and Ctrl-J and Ctrl-M as Enter. */
function ctrlLetters(): readonly string[] {
	return [...'abcdefgklnopqrstuvwxyz'];
}

/** One row of the table of keys. The footer, the help and the documentation are generated from it. */
export interface KeyBinding<Action, Context extends string> {
	readonly id: string;
	/** What fathom.yaml calls it. Rows that do the same in several places share a name; left out where it is the id. */
	readonly name?: string;
	readonly keys: readonly KeyName[];
	/** Where the keys work. */
	readonly contexts: readonly Context[];
	/** The heading under which the help lists it. */
	readonly group: string;
	/** What it does, for the help and the documentation. */
	readonly description: string;
	/** How the footer names it, if it is important enough. */
	readonly hint?: KeyHint;
	/** Whether it shows the file under the cursor, where the cursor is on one. */
	readonly opensFile?: true;
	/** Why the action has no key left that it had by itself. */
	readonly lostKey?: LostKey;
	readonly action: Action;
}

/** A key that an action had, and the name of the action that the user gave it to. */
export interface LostKey {
	readonly key: KeyName;
	readonly taker: string;
}

export interface KeyHint {
	readonly text: string;
	/** The names of actions whose keys are listed with it. */
	readonly with?: readonly string[];
	/** What is between two of those keys; nothing by default. */
	readonly join?: string;
	/** Shown even on a narrow screen. */
	readonly always?: true;
	/** Shown only while there is a filter. */
	readonly filterOnly?: true;
	/** The contexts in which it is shown; in all by default. */
	readonly contexts?: readonly string[];
}

/** The group of the keys that move the cursor, in every view. */
export const MOVE_GROUP = 'Move';

/** What fathom.yaml calls the action of a row. */
export function nameOf({ id, name }: Pick<KeyBinding<unknown, string>, 'id' | 'name'>): string {
	return name ?? id;
}

/** What a user reads for a key: safe for a terminal, as every key is. */
export function keyLabel(key: KeyName): string {
	return keyNames[key] ?? key;
}
