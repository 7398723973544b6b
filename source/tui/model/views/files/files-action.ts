/** What only this view can do. */
export type FilesAction =
	/** To the parts: opens a directory, then goes to its first row. */
	| { readonly type: 'go-in' }
	/** To the whole: closes a directory, then goes to the one above. */
	| { readonly type: 'go-out' }
	| { readonly type: 'toggle-fold' }
	| { readonly type: 'show-files' }
	| { readonly type: 'toggle-scope' }
	| { readonly type: 'toggle-order' }
	| { readonly type: 'toggle-unchanged' }
	/** All that is of use wherever the user goes in the image is worked out. */
	| { readonly type: 'image-prepared' };
