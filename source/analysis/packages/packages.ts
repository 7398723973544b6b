import type { ImageFacts } from '../../facts/image-facts.ts';
import type { PackageType } from '../../facts/packages/package-facts.ts';
import { purlOf } from '../../facts/packages/purl.ts';
import type { FileTree } from '../../filetree/file-tree.ts';
import { kindOfEntry } from '../../filetree/links.ts';
import { inParts, type Steps, sortInSteps } from '../../steps.ts';
import { DIRECTORY, stringAt } from '../../tar/changeset.ts';
import { decodeName } from '../../text/decode-name.ts';
import { claimedNodes } from './claimed-nodes.ts';
import { ownCompiledFiles } from './compiled-files.ts';
import { type Dependencies, findDependencies } from './dependencies.ts';
import { developmentOnly } from './development-only.ts';
import { dominatorsOf } from './dominators.ts';
import { type FoundPackages, findPackages } from './found-packages.ts';
import { liveBytesByNode } from './live-bytes.ts';
import { NOBODY, type Owners, ownersOf } from './owners.ts';
import { factsByPath, isVisible } from './path-facts.ts';
import { PathResolver } from './path-resolver.ts';

/** Files and their bytes. */
export interface FileSum {
	/** Everything but directories; a hard link counts as one, without bytes but for the first name. */
	readonly files: number;
	readonly bytes: number;
}

/** A package of the final file system, and what it has of the live bytes. All text is hostile. */
export interface OwnedPackage extends FileSum {
	readonly type: PackageType;
	readonly name: string;
	readonly version: string;
	readonly architecture: string | null;
	readonly source: string | null;
	readonly purl: string;
	/** The node of the file that says so. */
	readonly node: number;
	/** The layer that brought it, 0-based. */
	readonly layerIndex: number;
	readonly isFromSbom: boolean;
	/** Positions in the list. */
	readonly dependsOn: readonly number[];
	readonly requiredBy: readonly number[];
	/** What would go if it and all that only it needs went, bytes. */
	readonly addedBytes: number;
	/** What it claims and another package owns. */
	readonly also: FileSum;
}

/** Files that no package owns, by the first component of their path. */
export interface UnownedGroup extends FileSum {
	/** Without a leading slash; empty for files in the root. Hostile text. */
	readonly folder: string;
}

/** Whose the live bytes are. */
export interface Packages {
	/** Most bytes first, then by name. */
	readonly packages: readonly OwnedPackage[];
	/** Most bytes first. */
	readonly unowned: readonly UnownedGroup[];
	/** The owner of each node, by position in `packages`; -1 for nobody. */
	readonly owners: Int32Array;
	/** The live bytes of each node: an inode counts once. */
	readonly bytes: Float64Array;
	/** Those, by position, that only the devDependencies of an application beside them ask for. */
	readonly developmentOnly: readonly number[];
	/** Layers, 0-based, whose contents were not read, so that what they say of packages is not known. */
	readonly unreadLayers: readonly number[];
}

const NODES_A_STEP = 8192;
const PACKAGES_A_STEP = 256;

/** Works out whose the live bytes of an image are. */
export function* workOutPackages(tree: FileTree, facts: ImageFacts): Steps<Packages> {
	const found = yield* findPackages(yield* factsByPath(tree, facts));
	const claimed = yield* claimedNodes(tree, found);
	const owned = yield* ownersOf(tree, found.packages, claimed);
	const resolver = new PathResolver(tree);
	yield* ownCompiledFiles(tree, owned.owners, resolver);
	const bytes = yield* liveBytesByNode(tree);
	const sums = yield* sumUp(tree, { found, owned, bytes });
	const dependencies = yield* findDependencies(found.packages, (path) => {
		const node = resolver.find(path);
		return node === null || owned.owners[node] === NOBODY ? null : owned.owners[node];
	});
	const addedBytes = yield* sumUpAdded(dependencies, sums.own);
	return {
		...(yield* ordered(found, { sums, dependencies, addedBytes, owners: owned.owners })),
		unowned: sums.unowned,
		bytes,
		unreadLayers: [...facts.layers.keys()].filter((layer) => facts.layers[layer] === null),
	};
}

interface Sums {
	/** Of each package. */
	readonly own: readonly FileSum[];
	readonly also: readonly FileSum[];
	readonly unowned: readonly UnownedGroup[];
}

interface MutableSum {
	files: number;
	bytes: number;
}

function* sumUp(
	tree: FileTree,
	{
		found,
		owned,
		bytes,
	}: { readonly found: FoundPackages; readonly owned: Owners; readonly bytes: Float64Array },
): Steps<Sums> {
	const own = found.packages.map((): MutableSum => ({ files: 0, bytes: 0 }));
	const also = found.packages.map((): MutableSum => ({ files: 0, bytes: 0 }));
	const folders = new Map<string, MutableSum>();
	let top = 0;
	for (let node = 1; node < tree.nodeCount; node++) {
		if (node % NODES_A_STEP === 0) yield;
		if (tree.parents[node] === 0) top = node;
		if (!isVisible(tree, node) || isDirectory(tree, node)) continue;
		const owner = owned.owners[node];
		const sum = owner === NOBODY ? folderSum(folders, topName(tree, top, node)) : own[owner];
		sum.files += 1;
		sum.bytes += bytes[node];
	}
	for (const claim of owned.also) {
		also[claim.package].files += 1;
		also[claim.package].bytes += bytes[claim.node];
	}
	const unowned = [...folders].map(([folder, sum]) => ({ folder, ...sum }));
	return { own, also, unowned: unowned.sort((left, right) => right.bytes - left.bytes) };
}

function isDirectory(tree: FileTree, node: number): boolean {
	return kindOfEntry(tree, tree.changeStarts[node + 1] - 1) === DIRECTORY;
}

function topName(tree: FileTree, top: number, node: number): string {
	return top === node ? '' : decodeName(stringAt(tree.names, top));
}

function folderSum(folders: Map<string, MutableSum>, folder: string): MutableSum {
	const sum = folders.get(folder) ?? { files: 0, bytes: 0 };
	folders.set(folder, sum);
	return sum;
}

/** The bytes of each package and of all that it dominates. */
function* sumUpAdded({ dependsOn, requiredBy }: Dependencies, own: readonly FileSum[]): Steps<Float64Array> {
	const dominators = yield* dominatorsOf(dependsOn, requiredBy);
	const added = Float64Array.from(own, ({ bytes }) => bytes);
	const waiting = new Int32Array(own.length);
	for (const dominator of dominators) if (dominator !== -1) waiting[dominator] += 1;
	yield;
	const ready = [...own.keys()].filter((index) => waiting[index] === 0);
	let done = 0;
	for (let index = ready.pop(); index !== undefined; index = ready.pop()) {
		done += 1;
		if (done % NODES_A_STEP === 0) yield;
		const dominator = dominators[index];
		if (dominator === -1) continue;
		added[dominator] += added[index];
		waiting[dominator] -= 1;
		if (waiting[dominator] === 0) ready.push(dominator);
	}
	return added;
}

interface WorkedOut {
	readonly sums: Sums;
	readonly dependencies: Dependencies;
	readonly addedBytes: Float64Array;
	readonly owners: Int32Array;
}

/** Puts the packages in their order, and renames the positions that everything has. */
function* ordered(
	{ packages, osRelease, projects }: FoundPackages,
	{ sums, dependencies, addedBytes, owners }: WorkedOut,
): Steps<Pick<Packages, 'packages' | 'owners' | 'developmentOnly'>> {
	const order = yield* sortInSteps(
		[...packages.keys()],
		(left, right) =>
			sums.own[right].bytes - sums.own[left].bytes ||
			compareText(packages[left].record.name, packages[right].record.name) ||
			left - right,
	);
	const places = new Int32Array(packages.length);
	for (const [place, index] of order.entries()) places[index] = place;
	const placesOf = (indices: readonly number[]): readonly number[] =>
		indices.map((index) => places[index]).sort((left, right) => left - right);
	const owned: OwnedPackage[] = [];
	for (const index of order) {
		const { record, node, layerIndex, isFromSbom } = packages[index];
		const { type, name, version, architecture, source } = record;
		owned.push({
			type,
			name,
			version,
			architecture,
			source,
			purl: purlOf(record, osRelease),
			node,
			layerIndex,
			isFromSbom,
			...sums.own[index],
			addedBytes: addedBytes[index],
			dependsOn: placesOf(dependencies.dependsOn[index]),
			requiredBy: placesOf(dependencies.requiredBy[index]),
			also: sums.also[index],
		});
		if (owned.length % PACKAGES_A_STEP === 0) yield;
	}
	return {
		packages: owned,
		owners: yield* renumbered(owners, places),
		developmentOnly: placesOf(yield* developmentOnly({ packages, projects }, dependencies.dependsOn)),
	};
}

/** Changes the column itself. */
function* renumbered(owners: Int32Array, places: Int32Array): Steps<Int32Array> {
	yield* inParts(owners.length, NODES_A_STEP, (from, to) => {
		for (let node = from; node < to; node++) if (owners[node] !== NOBODY) owners[node] = places[owners[node]];
	});
	return owners;
}

function compareText(left: string, right: string): number {
	return left < right ? -1 : Number(left > right);
}
