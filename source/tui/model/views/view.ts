import type { Analysis } from '../../../analysis/analysis.ts';
import type { Effect } from '../effect.ts';
import type { Filter } from '../filter/filter.ts';
import type { FrameColumn } from '../frame/frame-column.ts';
import type { KeyBinding } from '../key-binding.ts';
import type { Size } from '../layout.ts';
import type { Line, StyleName } from '../line.ts';
import type { Step } from '../list-window.ts';
import type { OpenedImage } from '../opened-image.ts';

/** The types that are a view's own. */
export interface ViewTypes {
	/** What the view knows of the user: where they are and what they chose. */
	readonly state: unknown;
	/** What only this view can do. */
	readonly action: { readonly type: string };
	/** The names of its panes, which no other view has. */
	readonly pane: string;
	/** The cells of its panes. */
	readonly layout: unknown;
	/** The figures that it shows. */
	readonly needs: keyof Analysis;
}

/** One way to look at an image. Everything in it is plain data or a pure function. */
export interface View<Types extends ViewTypes> {
	/** The heading of its own keys in the help. */
	readonly title: string;
	/** What it reads of the analysis; it is given nothing else of it. */
	readonly needs: readonly Types['needs'][];
	/** Its panes in the order in which Tab visits them. */
	readonly panes: readonly Types['pane'][];
	/** The keys that only this view has. */
	readonly keys: readonly KeyBinding<Types['action'], Types['pane']>[];
	/** What the help explains besides the keys. */
	readonly help: HelpSection;
	readonly initial: (image: ViewImage<Types>) => Types['state'];
	/** The state for the same image, worked out further. The user stays where they are. */
	readonly follow: (state: Types['state'], change: ImageChange<Types>) => Types['state'];
	/** The pane in which keys go. */
	readonly focus: (state: Types['state']) => Types['pane'];
	/** The filter that is on. */
	readonly filter: (state: Types['state']) => Filter;
	/** The cells of the panes. Worked out once for a frame or an action, and handed to all that need them. */
	readonly layout: (size: Size, image: ViewImage<Types>) => Types['layout'];
	readonly update: (scene: Scene<Types>, action: CommonAction | Types['action']) => ViewStep<Types>;
	readonly frame: (scene: Scene<Types>) => ViewFrame;
	/** What is worth working out when the image is shown, before the user does anything. */
	readonly arrive: (scene: Scene<Types>) => readonly Effect<Types['action']>[];
	/** What is worth working out whatever the user does. It is asked for with every action until its answer is in the state. */
	readonly pending: (scene: Scene<Types>) => readonly Effect<Types['action']>[];
}

/** An image as a view is given it, with the figures that it asked for. */
export type ViewImage<Types extends ViewTypes> = Omit<OpenedImage, 'analysis'> & {
	readonly analysis: Pick<Analysis, Types['needs']>;
};

export interface ImageChange<Types extends ViewTypes> {
	readonly before: ViewImage<Types>;
	readonly image: ViewImage<Types>;
}

/** All that a frame of a view depends on. */
export interface Scene<Types extends ViewTypes> {
	readonly state: Types['state'];
	readonly image: ViewImage<Types>;
	/** Of the whole screen. */
	readonly size: Size;
	readonly layout: Types['layout'];
	/** Whether the filter is being typed: then the footer shows it. */
	readonly isFilterTyped: boolean;
}

/** The state after an action, and what the action asks for. */
export interface ViewStep<Types extends ViewTypes> {
	readonly state: Types['state'];
	readonly effects: readonly Effect<Types['action']>[];
}

/** What a view shows: columns as high as the screen without the footer, and the line of the footer that says where the user is. */
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

/** What every view can do. */
export type CommonAction =
	| { readonly type: 'move'; readonly step: Step; readonly direction: 1 | -1 }
	| { readonly type: 'focus-next'; readonly direction: 1 | -1 }
	/** Brings the user to the pane whose rows a filter chooses. */
	| { readonly type: 'focus-filtered' }
	/** Shows only what this text finds; all of it for an empty one. */
	| { readonly type: 'filter'; readonly text: string };
