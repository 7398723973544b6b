import type { Action } from './action.ts';
import type { Effect } from './effect.ts';
import type { Size } from './layout.ts';
import type { HelpOverlay } from './overlays/help.ts';
import type { PromptOverlay } from './overlays/prompt.ts';
import type { Subject } from './subject.ts';
import type { ViewId, ViewStates } from './views/views.ts';

/** Everything that the screen depends on. */
export interface ExplorerState {
	readonly subject: Subject;
	readonly size: Size;
	/** The current view. */
	readonly view: ViewId;
	/** The state of each view of the subject. */
	readonly views: ViewStates;
	/** What is shown over the view and takes the keys; null if the view has them. */
	readonly overlay: Overlay | null;
	/** What to do now, besides showing the state. */
	readonly effects: readonly Effect<Action>[];
}

export type Overlay = HelpOverlay | PromptOverlay;
