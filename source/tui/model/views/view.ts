import type { Figures } from '../../../analysis/figures.ts';
import type { Effect } from '../effect.ts';
import type { Filter } from '../filter/filter.ts';
import type { FrameColumn } from '../frame/frame-column.ts';
import type { KeyBinding } from '../key-binding.ts';
import type { Size } from '../layout.ts';
import type { Line, StyleName } from '../line.ts';
import type { Step } from '../list-window.ts';
import type { OpenedImage } from '../opened-image.ts';

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
	/** The figures that it reads. */
	readonly needs: keyof Figures;
}

/** One way to look at an image. Every member is plain data or a pure function. */
export interface View<Types extends ViewTypes> {
	/** The heading of the view's own keys in the help. */
	readonly title: string;
	/** The figures that the view reads. It is given no others. */
	readonly needs: readonly Types['needs'][];
	/** The panes, in the order in which Tab visits them. */
	readonly panes: readonly Types['pane'][];
	/** The keys that only this view has. */
	readonly keys: readonly KeyBinding<Types['action'], Types['pane']>[];
	/** The signs that the help explains. */
	readonly help: HelpSection;
	readonly initial: (image: ViewImage<Types>) => Types['state'];
	/** The state when more is known about the same image. The user stays where they are. */
	readonly follow: (state: Types['state'], change: ImageChange<Types>) => Types['state'];
	/** The pane that has the keys. */
	readonly focus: (state: Types['state']) => Types['pane'];
	/** The current filter. */
	readonly filter: (state: Types['state']) => Filter;
	/** The sizes of the panes. Computed once for a frame or an action, and passed to everything that needs it. */
	readonly layout: (size: Size, image: ViewImage<Types>) => Types['layout'];
	readonly update: (scene: Scene<Types>, action: CommonAction | Types['action']) => ViewStep<Types>;
	readonly frame: (scene: Scene<Types>) => ViewFrame;
	/** What is worth computing when the image is first shown, before the user does anything. */
	readonly arrive: (scene: Scene<Types>) => readonly Effect<Types['action']>[];
	/** What is worth computing whatever the user does. It is requested with every action until the state has the answer. */
	readonly pending: (scene: Scene<Types>) => readonly Effect<Types['action']>[];
}

/** An image with the figures that a view asked for. */
export type ViewImage<Types extends ViewTypes> = Omit<OpenedImage, 'figures'> & {
	readonly figures: Pick<Figures, Types['needs']>;
};

export interface ImageChange<Types extends ViewTypes> {
	readonly before: ViewImage<Types>;
	readonly image: ViewImage<Types>;
}

/** Everything that a frame of a view depends on. */
export interface Scene<Types extends ViewTypes> {
	readonly state: Types['state'];
	readonly image: ViewImage<Types>;
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
	/** Shows only what the text finds. An empty text shows everything. */
	| { readonly type: 'filter'; readonly text: string };
