import type { KeyOf } from '../bindings/key-labels.ts';
import type { Effect } from '../effects/effect.ts';
import type { ExportedTable } from '../effects/exported-table.ts';
import type { TypedFilter } from '../filter/typed-filter.ts';
import type { FrameColumn } from '../frame/frame-column.ts';
import type { KeyBinding } from '../key-binding.ts';
import type { Size } from '../layout.ts';
import type { Line, StyleName } from '../line.ts';
import type { Step } from '../list-window.ts';
import type { PaneArea, PanePlace } from '../pointing/pane-area.ts';
import type { Remembering } from '../remembered/remembered.ts';
import type { Subject } from '../subject.ts';
import type { SpokenView } from './spoken.ts';

/** The types of one view. */
export interface ViewTypes {
	/** Where the user is in the view, and what they chose. */
	readonly state: unknown;
	/** The actions that only this view has. */
	readonly action: { readonly type: string };
	/** The names of its panes. No other view has a pane of the same name. */
	readonly pane: string;
	/** The sizes of its panes. */
	readonly layout: unknown;
	/** What it shows, as far as it reads it. */
	readonly subject: Pick<Subject, 'kind'>;
}

/** One way to look at an image, or at two. Every member is plain data or a pure function. */
export interface View<Types extends ViewTypes> {
	/** What it is a view of. */
	readonly kind: Types['subject']['kind'];
	/** What it is called where the user chooses a view, and how much is in it; null for no number. */
	readonly tab: (subject: Types['subject']) => ViewTab;
	/** The heading of the view's own keys in the help. */
	readonly title: string;
	/** The panes, in the order in which Tab visits them. */
	readonly panes: readonly Types['pane'][];
	/** The keys that only this view has. */
	readonly keys: readonly KeyBinding<Types['action'], Types['pane']>[];
	/** The signs that the help explains. */
	readonly help: HelpSection;
	readonly initial: (subject: Types['subject']) => Types['state'];
	/** The state when more is known about the same subject. The user stays where they are. */
	readonly follow: (state: Types['state'], change: SubjectChange<Types>) => Types['state'];
	/** The pane that has the keys. */
	readonly focus: (state: Types['state']) => Types['pane'];
	/** The current filter. */
	readonly filter: (state: Types['state']) => TypedFilter;
	/** The sizes of the panes. Computed once for a frame or an action, and passed to everything that needs it. */
	readonly layout: (size: Size, subject: Types['subject']) => Types['layout'];
	/** What the cursor is on, for the keys that every view has. */
	readonly selection: (scene: Scene<Types>) => Selection;
	/** What it shows, for a file. */
	readonly exported: (scene: Scene<Types>) => ExportedTable;
	readonly update: (scene: Scene<Types>, action: CommonAction | Types['action']) => ViewStep<Types>;
	readonly frame: (scene: Scene<Types>) => ViewFrame;
	/** Where the panes of that frame are, for the mouse. */
	readonly paneAreas: (scene: Scene<Types>) => readonly PaneArea<Types['pane']>[];
	/** The view in words, for those who do not look at a screen. */
	readonly spoken: SpokenView<Types['subject']>;
	/** What is worth computing when the subject is first shown, before the user does anything. */
	readonly arrive: (scene: Scene<Types>) => readonly Effect<Types['action']>[];
	/** What is worth computing whatever the user does. It is requested with every action until the state has the answer. */
	readonly pending: (scene: Scene<Types>) => readonly Effect<Types['action']>[];
	/** What of the view is as the user left it when they come the next time. */
	readonly remembering: Remembering<Types['state']>;
}

export interface ViewTab {
	readonly name: string;
	readonly count: number | null;
	/** Whether something in it is dangerous; not by default. */
	readonly isAlarming?: boolean;
}

export interface SubjectChange<Types extends ViewTypes> {
	readonly before: Types['subject'];
	readonly subject: Types['subject'];
}

/** Everything that a frame of a view depends on. */
export interface Scene<Types extends ViewTypes> {
	readonly state: Types['state'];
	readonly subject: Types['subject'];
	/** The size of the whole screen. */
	readonly size: Size;
	readonly layout: Types['layout'];
	/** Whether the user is typing a filter. The footer shows it then. */
	readonly isFilterTyped: boolean;
	/** The keys in force, for what is said of them. */
	readonly keyOf: KeyOf;
}

/** The state after an action, and the effects that the action asks for. */
export interface ViewStep<Types extends ViewTypes> {
	readonly state: Types['state'];
	readonly effects: readonly Effect<Types['action']>[];
	/** Where the user goes in the files, as by Enter on a finding; null or left out to stay. */
	readonly goTo?: FilePlace | null;
	/** What the status line says of it, safe for a terminal; null or left out for nothing. */
	readonly message?: string | null;
}

/** A path of the tree, as a layer left it. */
export interface FilePlace {
	readonly node: number;
	/** 0-based. */
	readonly layer: number;
}

/** What the cursor of a view is on. */
export interface Selection {
	/** The file or folder; null for what is none. */
	readonly place: FilePlace | null;
	/** Why it is no file or folder where one could be thought of, as a package has many; null or left out for nothing. */
	readonly noPlace?: string | null;
	/** What it is called, safe for a terminal; null where nothing is selected. */
	readonly name: string | null;
	/** A text of its own, such as an instruction or advice, safe for a terminal; null for none. */
	readonly text: string | null;
	/** The lines of fathom.yaml that accept it; null or left out where it is no finding. */
	readonly rule?: string | null;
	/** The command line that shows the same without a screen, without the program and the image: `report --only copies`. */
	readonly command: readonly string[] | null;
}

/** What a view draws: columns that fill the screen above the footer, and the footer line that says where the user is. */
export interface ViewFrame {
	/** Lines above the columns. */
	readonly heading: readonly Line[];
	readonly columns: readonly FrameColumn[];
	readonly footer: Line;
}

export interface HelpSection {
	readonly title: string;
	readonly rows: readonly HelpRow[];
}

/** A sign on the screen, and what it means. */
export interface HelpRow {
	readonly sign: string;
	readonly style: StyleName;
	readonly meaning: string;
}

/** The actions that every view has. */
export type CommonAction =
	| { readonly type: 'move'; readonly step: Step; readonly direction: 1 | -1 }
	| { readonly type: 'focus-next'; readonly direction: 1 | -1 }
	/** Moves the focus to the pane that a filter applies to. */
	| { readonly type: 'focus-filtered' }
	/** The user goes on in what the filter finds. */
	| { readonly type: 'filter-kept' }
	/** Goes one step out in the view, such as out of a filter. The same state where there is nothing to leave but the view. */
	| { readonly type: 'step-out' }
	/** The user points at a place in a pane with the mouse: the pane gets the keys, and the cursor goes to the line. */
	| ({ readonly type: 'point' } & PanePlace)
	/** Shows only what the text finds. An empty text shows everything. */
	| { readonly type: 'filter'; readonly text: string };
