import type { Action } from './action.ts';
import type { Effect } from './effects/effect.ts';
import type { Keymap } from './keymap.ts';
import type { Size } from './layout.ts';
import type { Prompt } from './prompt/prompt.ts';
import type { Remembered } from './remembered/remembered.ts';
import type { OpenScreen } from './screens/screens.ts';
import type { Subject } from './subject.ts';
import type { ViewId, ViewStates } from './views/views.ts';

/** Everything that the screen depends on. */
export interface ExplorerState extends Place {
	readonly subject: Subject;
	readonly size: Size;
	/** The filter that is being typed; null while none is. */
	readonly prompt: Prompt | null;
	/** Where the user was before each jump, the latest last. */
	readonly trail: readonly Place[];
	/** The keys in force. */
	readonly keymap: Keymap;
	/** Whether the mouse is ours, and not the terminal's. */
	readonly isMouseOn: boolean;
	/** What the user chose, in this run and before, that the next one begins with. */
	readonly remembered: Remembered;
	/** What is said in place of where the user is, until the next key; safe for a terminal. Null for nothing. */
	readonly message: string | null;
	/** What to do now, besides showing the state. */
	readonly effects: readonly Effect<Action>[];
}

/** Where the user is. */
export interface Place {
	/** The current view. */
	readonly view: ViewId;
	/** The state of each view of the subject. */
	readonly views: ViewStates;
	/** What is open over the view, the topmost last. */
	readonly screens: readonly OpenScreen[];
}
