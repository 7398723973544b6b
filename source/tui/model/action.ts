import type { TerminalEffect } from './effects/effect.ts';
import type { ExplorerServicesAnswers } from './effects/requests.ts';
import type { HomeAction } from './home/home-state.ts';
import type { Size } from './layout.ts';
import type { TextEdit } from './prompt/text-input.ts';
import type { PathScreenId } from './screens/screen.ts';
import type { OpenScreen, ScreenAction } from './screens/screens.ts';
import type { ToggleTerm } from './tree/kind-keys.ts';
import type { CommonAction } from './views/view.ts';
import type { ViewAction, ViewId } from './views/views.ts';

/** Everything that can happen in the explorer. The keymap turns keys into actions, and effects answer with actions. */
export type Action =
	/** For the topmost screen, or else for the current view. */
	| Extract<CommonAction, { readonly type: 'move' | 'focus-next' | 'point' }>
	| ViewAction
	| { readonly type: 'show-view'; readonly view: ViewId }
	/** Out of a filter, a pane or a view. */
	| { readonly type: 'step-out' }
	| { readonly type: 'open-prompt' }
	| { readonly type: 'edit-prompt'; readonly edit: TextEdit }
	| { readonly type: 'keep-filter' }
	| { readonly type: 'clear-filter' }
	| ToggleTerm
	| ScreenAction
	| { readonly type: 'open-help' }
	| { readonly type: 'open-palette' }
	/** Lists what any layer did to what the filter finds. */
	| { readonly type: 'open-search' }
	/** Asks for a file to write the current view to. */
	| { readonly type: 'open-export' }
	| { readonly type: 'open-screen'; readonly screen: OpenScreen }
	/** Opens a screen on the path that the cursor is on. */
	| { readonly type: 'open-path'; readonly screen: PathScreenId }
	/** To where the user was before the last jump. */
	| { readonly type: 'go-back' }
	/** Puts what the cursor is on into the clipboard: its name, its text such as an instruction, the rule that accepts it, or the command that shows the view. */
	| { readonly type: 'copy'; readonly what: CopiedPart }
	| { readonly type: 'copied'; readonly name: string; readonly isTaken: boolean }
	| { readonly type: 'owners-read'; readonly answer: ExplorerServicesAnswers['read-owners'] }
	/** To the other images of the same place. */
	| { readonly type: 'pick-image' }
	/** Marks the image to be compared, or compares it with the marked one. */
	| { readonly type: 'mark-image' }
	/** What the status line is to say. */
	| { readonly type: 'said'; readonly message: string | null }
	/** A key that means nothing here. */
	| { readonly type: 'unknown-key'; readonly label: string }
	/** Lets the mouse choose rows, or leaves it to the terminal, which selects text with it. */
	| { readonly type: 'toggle-mouse' }
	| { readonly type: 'resize'; readonly size: Size }
	/** In the list of images at hand. */
	| { readonly type: 'home'; readonly action: HomeAction }
	| TerminalEffect;

export type CopiedPart = 'name' | 'text' | 'rule' | 'command';
