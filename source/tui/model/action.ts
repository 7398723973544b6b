import type { TerminalEffect } from './effect.ts';
import type { Size } from './layout.ts';
import type { TextEdit } from './text-input.ts';
import type { CommonAction } from './views/view.ts';
import type { ViewAction, ViewId } from './views/views.ts';

/** Everything that can happen in the explorer. The keymap turns keys into actions, and effects answer with actions. */
export type Action =
	/** For the overlay, or else for the current view. */
	| Extract<CommonAction, { readonly type: 'move' | 'focus-next' }>
	| ViewAction
	| { readonly type: 'show-view'; readonly view: ViewId }
	/** Out of a filter, a pane or a view. */
	| { readonly type: 'step-out' }
	| { readonly type: 'open-prompt' }
	| { readonly type: 'edit-prompt'; readonly edit: TextEdit }
	| { readonly type: 'keep-filter' }
	| { readonly type: 'clear-filter' }
	| { readonly type: 'toggle-help' }
	| { readonly type: 'resize'; readonly size: Size }
	| TerminalEffect;
