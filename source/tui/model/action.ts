import type { Size } from './layout.ts';
import type { TextEdit } from './text-input.ts';
import type { CommonAction } from './views/view.ts';
import type { ViewAction } from './views/views.ts';

/** All that can happen to the explorer. Keys are turned into actions by the keymap, and effects answer with actions. */
export type Action =
	/** For the overlay, or for the view that is shown. */
	| Extract<CommonAction, { readonly type: 'move' | 'focus-next' }>
	| ViewAction
	| { readonly type: 'open-prompt' }
	| { readonly type: 'edit-prompt'; readonly edit: TextEdit }
	| { readonly type: 'keep-filter' }
	| { readonly type: 'clear-filter' }
	| { readonly type: 'toggle-help' }
	| { readonly type: 'resize'; readonly size: Size }
	| { readonly type: 'leave' };
