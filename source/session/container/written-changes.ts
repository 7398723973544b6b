import { StringColumnBuilder } from '../../columns/grow.ts';
import { attributeOf, attributesNumber } from '../../filetree/change-attributes.ts';
import { changeBefore } from '../../filetree/comparison.ts';
import {
	ADDED,
	CONTENT,
	type FileTree,
	IDENTICAL,
	METADATA,
	NO_ENTRY,
	REMOVED,
} from '../../filetree/file-tree.ts';
import { forEachChange } from '../../filetree/layer-changes.ts';
import { contentEntryOf, kindOfEntry } from '../../filetree/links.ts';
import { pathOf } from '../../filetree/paths.ts';
import type { Steps } from '../../steps.ts';
import { DIRECTORY, HARD_LINK, type StringColumn, SYMLINK, stringAt, WHITEOUT } from '../../tar/changeset.ts';
import { ENGINE_MADE, type ForeignPaths, MOUNTED, markForeign, WRITTEN } from './engine-made.ts';
import { MadeFolders } from './made-folders.ts';
import type { Selection } from './select-entries.ts';

/** What a container wrote, changed and removed, and what was told apart from that. */
export interface WrittenChanges {
	readonly selection: Selection;
	/** Paths that differ from the image and are no part of the selection. */
	readonly engineMade: LeftOut;
	readonly mounted: LeftOut;
	/** What became of the image's files that have content. */
	readonly files: { readonly same: number; readonly changed: number; readonly removed: number };
	/** The names of files that only the image has, or only the container, and that may tell of a platform. */
	readonly loaders: { readonly image: readonly string[]; readonly container: readonly string[] };
}

export interface LeftOut {
	readonly count: number;
	/** The first of them, in path order. */
	readonly examples: readonly string[];
}

const MOST_EXAMPLES = 4;
const MOST_LOADERS = 16;

/**
 * Finds what differs between an image and the export of a container, in a tree whose top layer is that export behind a marker that
 * makes the root opaque. A copy that equals what the image has is no change, and what the engine made or mounted is told apart.
 */
export function* writtenChanges(tree: FileTree, foreign: ForeignPaths): Steps<WrittenChanges> {
	const reasons = yield* markForeign(tree, foreign);
	const kinds = new Uint8Array(tree.nodeCount);
	const top = tree.layerCount - 1;
	const folders = new MadeFolders(tree, reasons);
	yield* forEachChange(tree, top, (node, change) => {
		kinds[node] = kindOf(tree, node, change);
		folders.visit(node, change, kinds[node]);
	});
	const found = new FoundChanges(tree, kinds, reasons);
	yield* forEachChange(tree, top, (node, change) => found.visit(node, change));
	return yield* found.finish();
}

const NO_DIFFERENCE = 0;

/** An entry in the export for each of these; what the tree calls a change and no container can see is none. */
function kindOf(tree: FileTree, node: number, change: number): number {
	// The tree lists no folder that goes without an entry of its own, but with it goes what is below.
	if (tree.changeEntries[change] === NO_ENTRY) return REMOVED;
	const kind = tree.changeKindCodes[change];
	if (kind === IDENTICAL) return kind;
	// A folder that the export does not list is no change of a folder that the image has.
	if (tree.changeEntries[change] < 0) return NO_DIFFERENCE;
	if (kind === METADATA && differsInLinkMode(tree, node, change)) return NO_DIFFERENCE;
	return kind === ADDED || kind === CONTENT || kind === METADATA ? kind : NO_DIFFERENCE;
}

/** Linux gives every symlink the mode 0777, whatever the layer says (symlink(7)). */
function differsInLinkMode(tree: FileTree, node: number, change: number): boolean {
	if (kindOfEntry(tree, change) !== SYMLINK) return false;
	const before = changeBefore(tree, node, tree.layerCount - 1);
	return (
		attributeOf(tree, before, 'uids') === attributeOf(tree, change, 'uids') &&
		attributeOf(tree, before, 'gids') === attributeOf(tree, change, 'gids') &&
		attributesNumber(tree, before) === attributesNumber(tree, change)
	);
}

/** Collects changes, the last node first. */
class FoundChanges {
	readonly #tree: FileTree;
	readonly #kinds: Uint8Array;
	readonly #reasons: Uint8Array;
	readonly #leftOut = { [ENGINE_MADE]: newLeftOut(), [MOUNTED]: newLeftOut() };
	readonly #entries: number[] = [];
	readonly #links: (readonly [change: number, entry: number])[] = [];
	readonly #removed: number[] = [];
	readonly #loaders = { image: new Set<string>(), container: new Set<string>() };
	readonly #files = { same: 0, changed: 0, removed: 0 };

	constructor(tree: FileTree, kinds: Uint8Array, reasons: Uint8Array) {
		this.#tree = tree;
		this.#kinds = kinds;
		this.#reasons = reasons;
	}

	visit(node: number, change: number): void {
		const kind = this.#kinds[node];
		const reason = this.#reasons[node];
		if (kind === NO_DIFFERENCE) return;
		if (reason === ENGINE_MADE || reason === MOUNTED) {
			if (kind !== IDENTICAL) this.#leaveOut(node, reason);
			return;
		}
		this.#compareFiles(node, change, kind);
		if (kind === REMOVED) this.#remove(node);
		else if (kind !== IDENTICAL) this.#take(change);
	}

	*finish(): Steps<WrittenChanges> {
		const entries = Uint32Array.from(this.#entries).sort();
		yield;
		return {
			selection: {
				entries,
				linksAsFiles: this.#linksAsFiles(new Set(entries)),
				markers: { kind: WHITEOUT, paths: yield* this.#removedPaths() },
			},
			engineMade: this.#leftOut[ENGINE_MADE],
			mounted: this.#leftOut[MOUNTED],
			files: this.#files,
			loaders: { image: [...this.#loaders.image], container: [...this.#loaders.container] },
		};
	}

	#leaveOut(node: number, reason: typeof ENGINE_MADE | typeof MOUNTED): void {
		const leftOut = this.#leftOut[reason];
		leftOut.count += 1;
		leftOut.examples.unshift(`/${pathOf(this.#tree, node)}`);
		if (leftOut.examples.length > MOST_EXAMPLES) leftOut.examples.pop();
	}

	#compareFiles(node: number, change: number, kind: number): void {
		if (kind === ADDED || kind === REMOVED) this.#noteLoader(node, kind);
		if (kind === ADDED || this.#tree.changeBytes[change] === 0) return;
		if (kind === CONTENT) this.#files.changed += 1;
		else if (kind === REMOVED) this.#files.removed += 1;
		else this.#files.same += 1;
	}

	#noteLoader(node: number, kind: number): void {
		const name = stringAt(this.#tree.names, node);
		const isLoader = name[0] === 0x6c && name[1] === 0x64 && name.length < 40;
		const known = kind === ADDED ? this.#loaders.container : this.#loaders.image;
		if (isLoader && known.size < MOST_LOADERS) known.add(Buffer.from(name).toString());
	}

	#take(change: number): void {
		const entry = this.#tree.changeEntries[change];
		const { kinds } = this.#tree.changesets[this.#tree.layerCount - 1];
		this.#entries.push(entry);
		if (kinds[entry] === HARD_LINK) this.#links.push([change, entry]);
	}

	/** What is below a path that goes, or that becomes something else than a folder, goes with it. */
	#remove(node: number): void {
		const parent = this.#tree.parents[node];
		const folder = parent === 0 ? -1 : changeBefore(this.#tree, parent, this.#tree.layerCount);
		const isFolderThere =
			folder === -1 ||
			(this.#tree.changeEntries[folder] !== NO_ENTRY && kindOfEntry(this.#tree, folder) === DIRECTORY);
		if (isFolderThere) this.#removed.push(node);
	}

	/** A link to what is neither taken nor in the image as it is in the container would lead to something else. */
	#linksAsFiles(taken: ReadonlySet<number>): ReadonlyMap<number, number> {
		const top = this.#tree.layerCount - 1;
		const foreign = this.#foreignEntries();
		return new Map(
			this.#links.flatMap(([change, entry]) => {
				const content = contentEntryOf(this.#tree, change);
				const isLost = content?.layerIndex === top && !taken.has(content.entry) && foreign.has(content.entry);
				return isLost ? [[entry, content.entry] as const] : [];
			}),
		);
	}

	/** Entries with content that were left out although the image has something else there. */
	#foreignEntries(): ReadonlySet<number> {
		const { changeStarts, changeEntries, changeLayers, nodeCount, layerCount } = this.#tree;
		const foreign = new Set<number>();
		if (this.#links.length === 0) return foreign;
		for (let node = 0; node < nodeCount; node++) {
			const last = changeStarts[node + 1] - 1;
			const isTop = last >= changeStarts[node] && changeLayers[last] === layerCount - 1;
			if (
				isTop &&
				this.#reasons[node] !== WRITTEN &&
				this.#kinds[node] !== IDENTICAL &&
				changeEntries[last] >= 0
			)
				foreign.add(changeEntries[last]);
		}
		return foreign;
	}

	*#removedPaths(): Steps<StringColumn> {
		const paths = new StringColumnBuilder({
			strings: this.#removed.length,
			bytes: this.#removed.length * 32,
		});
		for (const [index, node] of this.#removed.reverse().entries()) {
			if (index % 1024 === 0) yield;
			paths.push(pathBytes(this.#tree, node));
		}
		return paths.finish();
	}
}

function newLeftOut(): { count: number; readonly examples: string[] } {
	return { count: 0, examples: [] };
}

/** Names are bytes, and a path as text may have lost some. */
function pathBytes({ names, parents }: FileTree, node: number): Uint8Array {
	const parts: Uint8Array[] = [];
	for (let at = node; at > 0; at = parents[at]) parts.push(stringAt(names, at), slash);
	return Buffer.concat(parts.slice(0, -1).reverse());
}

const slash = Buffer.from('/');
