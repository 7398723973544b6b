import type { TreeAction } from '../../tree/tree-keys.ts';

/** The actions that only this view has. */
export type FilesAction =
	| TreeAction
	| { readonly type: 'show-files' }
	| { readonly type: 'toggle-scope' }
	/** The answer to `prepare-image`. */
	| { readonly type: 'image-prepared' };
