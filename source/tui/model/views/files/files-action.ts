/** The actions that only this view has. */
export type FilesAction =
	/** Opens a directory; in an open one, goes to its first row. */
	| { readonly type: 'go-in' }
	/** Closes a directory; from a closed one or a file, goes to the directory above. */
	| { readonly type: 'go-out' }
	| { readonly type: 'toggle-fold' }
	| { readonly type: 'show-files' }
	| { readonly type: 'toggle-scope' }
	| { readonly type: 'toggle-order' }
	| { readonly type: 'toggle-unchanged' }
	/** The answer to `prepare-image`. */
	| { readonly type: 'image-prepared' };
