import type { Effect } from '../effect.ts';
import type { Filter } from '../filter/filter.ts';
import type { FrameColumn } from '../frame/frame-column.ts';
import type { KeyBinding } from '../key-binding.ts';
import type { Size } from '../layout.ts';
import type { Line, StyleName } from '../line.ts';
import type { Step } from '../list-window.ts';
import type { Subject } from '../subject.ts';

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
	/** The current filter; null for a view that has nothing to filter. */
	readonly filter: ((state: Types['state']) => Filter) | null;
	/** The sizes of the panes. Computed once for a frame or an action, and passed to everything that needs it. */
	readonly layout: (size: Size, subject: Types['subject']) => Types['layout'];
	readonly update: (scene: Scene<Types>, action: CommonAction | Types['action']) => ViewStep<Types>;
	readonly frame: (scene: Scene<Types>) => ViewFrame;
	/** What is worth computing when the subject is first shown, before the user does anything. */
	readonly arrive: (scene: Scene<Types>) => readonly Effect<Types['action']>[];
	/** What is worth computing whatever the user does. It is requested with every action until the state has the answer. */
	readonly pending: (scene: Scene<Types>) => readonly Effect<Types['action']>[];
}

export interface ViewTab {
	readonly name: string;
	readonly count: number | null;
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
}

/** The state after an action, and the effects that the action asks for. */
export interface ViewStep<Types extends ViewTypes> {
	readonly state: Types['state'];
	readonly effects: readonly Effect<Types['action']>[];
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
	/** Goes one step out in the view, such as out of a filter. The same state where there is nothing to leave but the view. */
	| { readonly type: 'step-out' }
	/** Shows only what the text finds. An empty text shows everything. */
	| { readonly type: 'filter'; readonly text: string };
