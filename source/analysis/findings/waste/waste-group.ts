import type { OwnedPackage } from '../../packages/packages.ts';

/** The codes of what is wasted. */
export type WasteCode =
	| 'removed-later'
	| 'package-cache-removed'
	| 'replaced-later'
	| 'package-upgraded'
	| 'owner-changed'
	| 'mode-changed'
	| 'attributes-changed'
	| 'copied-again'
	| 'twice-in-layer';

/** Dead inodes that one layer shipped and another one, or the same, wasted in one way. */
export interface WasteGroup {
	readonly code: WasteCode;
	readonly shippedIn: number;
	readonly wastedIn: number;
	/** Rows of `FileTree.waste`. */
	readonly rows: number[];
	bytes: number;
	/** Packages of the base that are upgraded; none for other codes. */
	readonly packages: Set<OwnedPackage>;
}
