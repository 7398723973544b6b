import type { KeyOf } from '../bindings/key-labels.ts';
import type { Effect } from '../effects/effect.ts';
import type { ExportedTable } from '../effects/exported-table.ts';
import type { KeyBinding } from '../key-binding.ts';
import type { Size } from '../layout.ts';
import type { Line } from '../line.ts';
import type { Subject } from '../subject.ts';
import type { CommonAction, FilePlace } from '../views/view.ts';

/** The types of one screen. */
export interface ScreenTypes {
	/** Its name, which is also where its keys work. */
	readonly id: string;
	readonly state: unknown;
	/** The actions that only this screen has. */
	readonly action: { readonly type: string };
}

/** What is opened over the views and takes their place and their keys until it is closed, such as the help. Plain data and pure functions. */
export interface Screen<Types extends ScreenTypes> {
	/** The heading of its own keys in the help; null for a screen whose keys are not worth a heading. */
	readonly title: string | null;
	readonly keys: readonly KeyBinding<Types['action'], Types['id']>[];
	/** What a character that is typed or pasted does; null where characters are keys. */
	readonly typed: (state: Types['state'], text: string) => Types['action'] | null;
	/** What the footer calls a key in this state, by its action and its usual hint; null where it does nothing. Left out where hints always hold. */
	readonly hint?: (state: Types['state'], action: Types['action'], text: string) => string | null;
	/** Whether there is a cursor to move, or more than is seen; left out where there may always be. */
	readonly canMove?: (scene: ScreenScene<Types>) => boolean;
	/** What a click on one of its lines, 0-based, does; left out where nothing can be chosen. */
	readonly clicked?: (scene: ScreenScene<Types>, line: number) => Types['action'] | null;
	readonly update: (scene: ScreenScene<Types>, action: MoveAction | Types['action']) => ScreenStep<Types>;
	readonly frame: (scene: ScreenScene<Types>) => ScreenFrame;
	/** What is worth computing whatever the user does, while it has the keys: as of a view. Left out for nothing. */
	readonly pending?: (scene: ScreenScene<Types>) => readonly Effect<Types['action']>[];
}

/** Everything that a screen depends on. */
export interface ScreenScene<Types extends ScreenTypes> {
	readonly state: Types['state'];
	readonly subject: Subject;
	/** The size of the whole terminal. */
	readonly size: Size;
	/** The keys in force, for what is said of them. */
	readonly keyOf: KeyOf;
}

/** What comes of an action. */
export interface ScreenStep<Types extends ScreenTypes> {
	/** Null: the screen is closed. */
	readonly state: Types['state'] | null;
	readonly effects: readonly Effect<Types['action']>[];
	/** Where the user goes in the files, with all screens closed; null or left out to stay. */
	readonly goTo?: FilePlace | null;
	/** The binding, by its id, that is done once the screen is closed; null or left out for none. */
	readonly run?: string | null;
	/** A screen on a path that opens over this one, or in its place where this one is closed; null or left out for none. */
	readonly open?: PathOpening | null;
	/** What is to be written to a file, by a screen that asks for its name; null or left out for nothing. */
	readonly exports?: ExportedTable | null;
	/** A name that goes to the clipboard of the terminal; null or left out for none. */
	readonly copies?: string | null;
	/** What the status line says, safe for a terminal; null or left out for nothing. */
	readonly message?: string | null;
}

/** The screens on one path. */
export type PathScreenId = 'file' | 'history' | 'about' | 'extract';

export interface PathOpening {
	readonly screen: PathScreenId;
	readonly place: FilePlace;
}

/** What a screen draws: the lines above the keys. */
export interface ScreenFrame {
	readonly lines: readonly Line[];
	/** The line that says where the user is. */
	readonly footer: Line;
}

export type MoveAction = Extract<CommonAction, { readonly type: 'move' }>;
