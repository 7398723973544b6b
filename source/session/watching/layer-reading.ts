/** How far the reading of one layer is. */
export type LayerReading =
	| { readonly kind: 'waiting' }
	/** Of its stored bytes. It stays so until its files can be shown. */
	| { readonly kind: 'reading'; readonly bytesDone: number }
	| { readonly kind: 'read' }
	/** It is left out. `reason` is one sentence; hostile text may be in it: escape it before printing. */
	| { readonly kind: 'failed'; readonly reason: string };
