/** What manages a package, by the type of its package URL (Package URL specification, PURL types). */
export const packageTypes = [
	'deb',
	'apk',
	'rpm',
	'npm',
	'pypi',
	'gem',
	'cargo',
	'golang',
	'maven',
	'nuget',
] as const;

export type PackageType = (typeof packageTypes)[number];

/** Paths as raw bytes, each followed by a zero byte, without a leading slash. A list of a hundred thousand is one value. */
export type PathList = Uint8Array;

/** What a package has of the file system. */
export type Claim =
	/** These paths, as the database has them: they may lead through symlinks to directories. */
	| { readonly kind: 'paths'; readonly paths: PathList }
	/** All below this folder that no deeper folder claims; without a leading slash, latin1 as in `LayerFile`. */
	| { readonly kind: 'folder'; readonly path: string }
	/**
	 * What other files list, each a `paths` fact of this type: of these names the first one that there is. `folder` is claimed where none of them is
	 * there, as with `folder` above; null claims nothing then.
	 */
	| { readonly kind: 'listed'; readonly names: readonly string[]; readonly folder: string | null }
	/** The file that says so: a binary or an archive. */
	| { readonly kind: 'file' }
	/** Nothing of its own, as a module that is compiled into a binary. */
	| { readonly kind: 'none' };

/** One package, as a file of the image says. All of it is hostile text, each string at most some thousands of characters. */
export interface PackageRecord {
	readonly type: PackageType;
	/** As the package manager writes it; of Maven `group:artifact`, of npm with its scope. */
	readonly name: string;
	readonly version: string;
	/** Null where the type has none. */
	readonly architecture: string | null;
	/** The source package that it was built from, where the database has one and it has another name. */
	readonly source: string | null;
	/** What it needs: each item has alternatives, any of which will do, by name alone without versions. */
	readonly dependsOn: readonly (readonly string[])[];
	/** Names of packages that it expects beside it, and that need not be there where something else serves it: npm's peerDependencies. */
	readonly peers?: readonly string[];
	/** Other names that a dependency may mean it by. */
	readonly provides: readonly string[];
	readonly claim: Claim;
}

/** What one file of a layer says of packages. */
export type PackageFact =
	/** A database, or the file of one package: these packages are there, and no others by this file. */
	| { readonly kind: 'packages'; readonly packages: readonly PackageRecord[] }
	/** The paths of one package, which another file names, and whose claim is `listed`. */
	| ListedPaths
	/** dpkg's diversions: what package `by` ships as `from` lies at `to`, or `by` is null, and for all others it lies there. */
	| { readonly kind: 'diversions'; readonly diversions: readonly Diversion[] }
	/** An application that npm installs packages for. */
	| NpmProject
	/** Packages that another document of the image says are in it, such as an SBOM: they claim nothing that a package manager claims. */
	| { readonly kind: 'sbom'; readonly packages: readonly PackageRecord[] }
	/** `/etc/os-release`: the namespace of package URLs (os-release(5), `ID` and `VERSION_ID`). */
	| { readonly kind: 'os-release'; readonly id: string; readonly versionId: string | null };

/** What a `package.json` that is of no package asks for, by name. */
export interface NpmProject {
	readonly kind: 'npm-project';
	/** The folder that it is in, latin1 and without a leading slash; empty for the root. */
	readonly folder: string;
	/** What it needs to run, optional packages and peers included. */
	readonly needs: readonly string[];
	/** What it needs to be developed, built or tested. */
	readonly devNeeds: readonly string[];
}

export interface ListedPaths {
	readonly kind: 'paths';
	readonly type: 'deb' | 'pypi' | 'gem';
	/**
	 * What claims mean the list by. Of dpkg's `info/NAME.list`, `info/NAME:ARCH.list` and `status.d/NAME.md5sums` what is before the dot; of Python
	 * the path of the file that lists, and of a gem that of its folder, latin1.
	 */
	readonly name: string;
	readonly paths: PathList;
	/** Folders of which the package has all that no deeper folder claims, latin1: a list of modules has no more than that. */
	readonly folders: readonly string[];
}

export interface Diversion {
	/** Both without a leading slash, latin1. */
	readonly from: string;
	readonly to: string;
	/** The package that diverts, whose own file stays at `from`; null for a local diversion. */
	readonly by: string | null;
}
