/** Something odd about an image that does not keep it from being read. It travels with the image and is shown; the figures hold. */
export type WarningCode =
	| 'diff-id-mismatch'
	| 'path-escapes-root'
	| 'parent-replaced'
	| 'link-before-target'
	| 'link-to-nothing'
	| 'invalid-name'
	| 'unknown-entry-type'
	| 'overlay-whiteout'
	| 'malformed-header'
	| 'malformed-extended-header'
	| 'lone-zero-block'
	| 'second-archive'
	| 'no-end-mark'
	| 'sparse-file-skipped'
	| 'sparse-file-not-hashed'
	| 'size-mismatch'
	| 'history-mismatch'
	| 'layer-count-mismatch'
	| 'layer-absent'
	| 'content-not-readable'
	| 'cache-unavailable'
	| 'unrelated-image'
	| 'image-of-other-platform';

export interface Warning {
	readonly code: WarningCode;
	/** 0-based layer index; null when the warning is about the image as a whole. */
	readonly layerIndex: number | null;
	/** How often it occurred in this layer. There is one warning for all of them, so that a hostile layer cannot flood the report. */
	readonly count: number;
	/** Where it occurred first, usually a path. Hostile text: escape before printing. */
	readonly example: string | null;
	/** One sentence for people, without the example. */
	readonly message: string;
}

/** Something that a user should know and that is not odd about the image, such as which of several images was opened. */
export interface Notice {
	readonly code:
		| 'image-chosen'
		| 'platforms-absent'
		| 'container-snapshot'
		| 'opened-as-layer'
		| 'contents-by-toc'
		| 'configuration-ignored'
		| 'base-not-used'
		| 'base-not-found'
		| 'provenance-not-used'
		| 'dockerfile-not-matched'
		| 'container'
		| 'container-of-other-image'
		| 'container-running'
		| 'engine-files-left-out'
		| 'mounts-left-out'
		| 'export-incomplete';
	/** One sentence for people. Hostile text may be in it: escape before printing. */
	readonly message: string;
}
