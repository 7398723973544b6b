import type { Size } from './layout.ts';
import type { Step } from './list-window.ts';
import type { TextEdit } from './text-input.ts';

/** What a user can do. Keys are turned into actions by the keymap. */
export type Action =
	| { readonly type: 'move'; readonly step: Step; readonly direction: 1 | -1 }
	/** To the parts: opens a directory, then goes to its first row. */
	| { readonly type: 'go-in' }
	/** To the whole: closes a directory, then goes to the one above. */
	| { readonly type: 'go-out' }
	| { readonly type: 'toggle-fold' }
	| { readonly type: 'focus-next'; readonly direction: 1 | -1 }
	| { readonly type: 'show-files' }
	| { readonly type: 'toggle-scope' }
	| { readonly type: 'toggle-order' }
	| { readonly type: 'toggle-unchanged' }
	| { readonly type: 'open-prompt' }
	| { readonly type: 'edit-prompt'; readonly edit: TextEdit }
	| { readonly type: 'keep-filter' }
	| { readonly type: 'clear-filter' }
	| { readonly type: 'toggle-help' }
	| { readonly type: 'resize'; readonly size: Size }
	| { readonly type: 'leave' };
