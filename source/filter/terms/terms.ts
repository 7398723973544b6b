import type { ChangeKind } from '../../filetree/file-tree.ts';

/** One condition of a filter. All conditions have to hold. */
export type Term = { readonly isNegated: boolean } & Condition;

export type Condition =
	/** A part of the path, or after `~` a regular expression. */
	| { readonly kind: 'path'; readonly text: string }
	| { readonly kind: 'size'; readonly least: number; readonly most: number }
	| { readonly kind: 'change'; readonly changes: readonly ChangeKind[] }
	/** Layers, 0-based. */
	| { readonly kind: 'layer'; readonly first: number; readonly last: number }
	/** A name until it is resolved: see `resolveOwners`. */
	| { readonly kind: 'owner'; readonly uid: OwnerId; readonly gid: OwnerId }
	/** Codes of entry kinds. */
	| { readonly kind: 'type'; readonly types: readonly number[] };

/** A number, or what the image calls it; null for any. */
export type OwnerId = number | string | null;

/** What a filter says, or why it says nothing. */
export type ParsedFilter =
	| { readonly ok: true; readonly terms: readonly Term[] }
	| { readonly ok: false; readonly problem: string };
