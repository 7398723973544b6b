import type { Action } from './action.ts';
import type { Effect } from './effect.ts';
import type { Size } from './layout.ts';
import type { OpenedImage } from './opened-image.ts';
import type { HelpOverlay } from './overlays/help.ts';
import type { PromptOverlay } from './overlays/prompt.ts';
import type { ViewId, ViewStates } from './views/views.ts';

/** Everything that the screen depends on. */
export interface ExplorerState {
	readonly image: OpenedImage;
	readonly size: Size;
	/** The current view. */
	readonly view: ViewId;
	/** The state of each view. */
	readonly views: ViewStates;
	/** What is shown over the view and takes the keys; null if the view has them. */
	readonly overlay: Overlay | null;
	/** What to do now, besides showing the state. */
	readonly effects: readonly Effect<Action>[];
}

export type Overlay = HelpOverlay | PromptOverlay;
