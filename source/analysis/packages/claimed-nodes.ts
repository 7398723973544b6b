import type {
	Claim,
	Diversion,
	ListedPaths,
	PackageRecord,
	PathList,
} from '../../facts/packages/package-facts.ts';
import type { FileTree } from '../../filetree/file-tree.ts';
import { kindOfEntry } from '../../filetree/links.ts';
import type { Steps } from '../../steps.ts';
import { DIRECTORY } from '../../tar/changeset.ts';
import type { FoundPackage, FoundPackages } from './found-packages.ts';
import { latin1Of, PathResolver } from './path-resolver.ts';

/** What a package has of the final file system. */
export interface Claimed {
	/** Position in the list of packages. */
	readonly package: number;
	/** Files, symlinks and the like; never directories. */
	readonly nodes: readonly number[];
	/** Directories of which it has all that no deeper claim takes. */
	readonly folders: readonly number[];
}

const PATHS_A_STEP = 2048;

/** Resolves what packages claim: paths through the image's symlinks to directories, and past dpkg's diversions. One item a package. */
export function* claimedNodes(tree: FileTree, found: FoundPackages): Steps<readonly Claimed[]> {
	const claims = new ClaimResolver(tree, found);
	const claimed: Claimed[] = [];
	for (const [index, each] of found.packages.entries()) {
		claimed.push({ package: index, ...(yield* claims.resolve(each)) });
		yield;
	}
	return claimed;
}

interface Resolved {
	readonly nodes: readonly number[];
	readonly folders: readonly number[];
}

class ClaimResolver {
	readonly #tree: FileTree;
	readonly #resolver: PathResolver;
	readonly #lists: ReadonlyMap<string, ListedPaths>;
	readonly #diversions: ReadonlyMap<string, Diversion>;

	constructor(tree: FileTree, { lists, diversions }: FoundPackages) {
		this.#tree = tree;
		this.#resolver = new PathResolver(tree);
		this.#lists = new Map(lists.map((list) => [`${list.type} ${list.name}`, list]));
		this.#diversions = new Map(diversions.map((diversion) => [diversion.from, diversion]));
	}

	*resolve({ record, node }: FoundPackage): Steps<Resolved> {
		const { claim } = record;
		if (claim.kind === 'none') return nothing;
		if (claim.kind === 'file') return { nodes: [node], folders: [] };
		if (claim.kind === 'folder') return { nodes: [], folders: this.#folders([claim.path]) };
		if (claim.kind === 'paths') return { nodes: yield* this.#nodes(claim.paths, record), folders: [] };
		return yield* this.#listed(claim, record);
	}

	*#listed(claim: Extract<Claim, { kind: 'listed' }>, record: PackageRecord): Steps<Resolved> {
		for (const name of claim.names) {
			const list = this.#lists.get(`${record.type} ${name}`);
			if (list === undefined) continue;
			return { nodes: yield* this.#nodes(list.paths, record), folders: this.#folders(list.folders) };
		}
		return { nodes: [], folders: claim.folder === null ? [] : this.#folders([claim.folder]) };
	}

	/** A directory that is listed is no claim on what is in it. */
	*#nodes(paths: PathList, { type, name }: PackageRecord): Steps<readonly number[]> {
		const nodes: number[] = [];
		let count = 0;
		for (const path of latin1Of(paths).split('\0')) {
			count += 1;
			if (count % PATHS_A_STEP === 0) yield;
			if (path === '') continue;
			const node = this.#resolver.find(type === 'deb' ? this.#diverted(path, name) : path);
			if (node !== null && !this.#isDirectory(node)) nodes.push(node);
		}
		return nodes;
	}

	#diverted(path: string, packageName: string): string {
		const diversion = this.#diversions.get(path);
		return diversion === undefined || diversion.by === packageName ? path : diversion.to;
	}

	#folders(paths: readonly string[]): readonly number[] {
		return paths.map((path) => this.#resolver.findDirectory(path)).filter((node) => node !== null);
	}

	#isDirectory(node: number): boolean {
		return kindOfEntry(this.#tree, this.#tree.changeStarts[node + 1] - 1) === DIRECTORY;
	}
}

const nothing: Resolved = { nodes: [], folders: [] };
