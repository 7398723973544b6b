import type { KeyBinding } from '../../key-binding.ts';
import type { TextEdit, TextInput } from '../../prompt/text-input.ts';
import type { ScreenScene } from '../screen.ts';

export interface SearchTypes {
	readonly id: 'search';
	readonly state: SearchState;
	readonly action: SearchAction;
}

export interface SearchState {
	readonly input: TextInput;
	/** Whether characters are text, and not keys. */
	readonly isTyped: boolean;
	/** The row with the cursor, and the line of the window that it is on. */
	readonly index: number;
	readonly line: number;
	/** The position in `searchOrders`. */
	readonly order: number;
	readonly isReversed: boolean;
}

export type SearchAction =
	| { readonly type: 'edit'; readonly edit: TextEdit }
	/** Goes on in the list, or from the list to the path in that layer. */
	| { readonly type: 'confirm' }
	| { readonly type: 'edit-text' }
	| { readonly type: 'choose'; readonly index: number; readonly line: number }
	| { readonly type: 'next-order' | 'reverse-order' }
	| { readonly type: 'open'; readonly screen: 'file' | 'history' | 'about' | 'extract' }
	| { readonly type: 'export' | 'copy-name' }
	/** All layers have been looked through. */
	| { readonly type: 'searched' }
	| { readonly type: 'close' };

export type SearchScene = ScreenScene<SearchTypes>;
export type SearchBinding = KeyBinding<SearchAction, 'search'>;
