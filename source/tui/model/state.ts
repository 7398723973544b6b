import type { Action } from './action.ts';
import type { Effect } from './effect.ts';
import type { Size } from './layout.ts';
import type { OpenedImage } from './opened-image.ts';
import type { HelpOverlay } from './overlays/help.ts';
import type { PromptOverlay } from './overlays/prompt.ts';
import type { ViewId, ViewStates } from './views/views.ts';

/** All that the screen depends on. */
export interface ExplorerState {
	readonly image: OpenedImage;
	readonly size: Size;
	/** The view that is shown. */
	readonly view: ViewId;
	/** What each view knows of the user. */
	readonly views: ViewStates;
	/** What is shown over the view and has the keys; null where the view has them. */
	readonly overlay: Overlay | null;
	/** What is to be done now, besides showing the state. */
	readonly effects: readonly Effect<Action>[];
}

export type Overlay = HelpOverlay | PromptOverlay;
