import type { Warning } from '../../warning.ts';
import type { Both } from '../merge/merge-structure.ts';

/** The packages of one of two images. */
export interface ComparedPackages {
	readonly packages: readonly ComparedPackage[];
	/** The owner of each node of the image's tree, by position in `packages`, -1 for nobody; null where only a saved report is left. */
	readonly owners: Int32Array | null;
	/** Layers, 0-based, whose contents were not read, so that what they say of packages is not known. */
	readonly unreadLayers: readonly number[];
	/** The path of the file that says that a package is there. */
	readonly pathOf: (index: number) => string;
}

/** One package of an image. All text is hostile. */
export interface ComparedPackage {
	/** Of its package URL. */
	readonly type: string;
	readonly name: string;
	readonly version: string;
	readonly architecture: string | null;
	readonly purl: string;
	/** The layer that brought it, 0-based. */
	readonly layerIndex: number;
	/** What it owns of the final file system. */
	readonly files: number;
	readonly bytes: number;
	/** What would go if it and all that only it needs went. */
	readonly addedBytes: number;
}

/**
 * What became of a package. `other-version`: nothing tells which of two versions is the later one; `same-version`: it has other files, or files that
 * differ.
 */
export const packageChangeKinds = [
	'added',
	'removed',
	'upgraded',
	'downgraded',
	'other-version',
	'same-version',
] as const;
export type PackageChangeKind = (typeof packageChangeKinds)[number];

/** A package that differs between two images. */
export interface PackageChange {
	readonly kind: PackageChangeKind;
	/** The package in each image; null where it is not there. */
	readonly packages: Both<ComparedPackage | null>;
	/** How many of its files differ between the images; null where that is not known. */
	readonly differingFiles: number | null;
	/** The path of the file that says that it is there: in the new image, or else in the old one. */
	readonly path: string;
}

/** What differs between the packages of two images. */
export interface PackageDifference {
	/** The greatest change of bytes first, then by name. */
	readonly changes: readonly PackageChange[];
	/** How many packages each image has; null where all files are equal, so that nobody looked for packages. */
	readonly totals: Both<number> | null;
	/** Layers, 0-based, whose contents were not read. */
	readonly unreadLayers: Both<readonly number[]>;
}

/** What is known of the packages of two images. */
export type PackageComparison =
	| {
			readonly kind: 'compared';
			readonly difference: PackageDifference;
			/** What could not be made out of the contents of each image. */
			readonly warnings: Both<readonly Warning[]>;
	  }
	/** A saved report is one side, and does not have the packages. */
	| { readonly kind: 'not-known'; readonly isKnown: Both<boolean> };
