import type { TreeAction } from '../../tree/tree-keys.ts';

/** What is compared: a layer with the layers below it, all since the mark with what was there then, or all with an empty image. */
export const scopes = ['layer', 'since', 'up-to-layer'] as const;
export type Scope = (typeof scopes)[number];

/** A file or folder as a layer, 0-based, left it. */
export interface FilePlace {
	readonly node: number;
	readonly layer: number;
}

/** The actions that only this view has. */
export type LayersAction =
	| TreeAction
	| { readonly type: 'show-files' }
	/** This layer, what changed since the mark, or everything up to the layer: one after the other. */
	| { readonly type: 'next-scope' }
	| { readonly type: 'set-scope'; readonly scope: Scope }
	/** Makes the selected layer the one that changes are counted since; again, the base. */
	| { readonly type: 'set-mark' }
	/** The next or previous match of the filter, or change without one. */
	| { readonly type: 'go-to-next'; readonly direction: 1 | -1 }
	| { readonly type: 'toggle-zoom' }
	| { readonly type: 'widen'; readonly by: 1 | -1 }
	/** Goes to a file or folder as a layer left it. */
	| ({ readonly type: 'show-node' } & FilePlace)
	/** Reads the selected layer again, which could not be read. */
	| { readonly type: 'read-again' }
	/** The answer to `read-layer`. */
	| { readonly type: 'layer-asked' }
	/** The answer to `prepare-image`. */
	| { readonly type: 'image-prepared' };
