import type { Packages } from '../../../../../analysis/packages/packages.ts';
import { isVisible } from '../../../../../analysis/packages/path-facts.ts';
import type { FileTree } from '../../../../../filetree/file-tree.ts';
import { finish, type Steps, sortInSteps } from '../../../../../steps.ts';
import { isDirectoryAt } from './is-directory.ts';
import { largestFiles, ownerOf, rangesOf } from './largest-files.ts';
import type { PackageItem } from './package-items.ts';

const NODES_A_STEP = 8192;
/** So many nodes are looked at within a key. */
const NODES_AT_ONCE = 16_384;

/** All files of a package, or of what nobody owns of a folder, largest first. In a large image the largest are known at once, and the others in steps. */
export class OwnedFiles {
	readonly #item: PackageItem;
	readonly #packages: Packages;
	readonly #tree: FileTree;
	#nodes: readonly number[];
	#isWhole = false;

	constructor(item: PackageItem, packages: Packages, tree: FileTree) {
		this.#item = item;
		this.#packages = packages;
		this.#tree = tree;
		if (tree.nodeCount > NODES_AT_ONCE) this.#nodes = largestFiles(item, packages, tree);
		else {
			this.#nodes = [];
			finish(this.prepare());
		}
	}

	/** As many of the largest as are known. */
	get nodes(): readonly number[] {
		return this.#nodes;
	}

	/** Finds the others. */
	*prepare(): Steps<void> {
		if (this.#isWhole) return;
		const { bytes } = this.#packages;
		const found = yield* this.#find();
		this.#nodes = yield* sortInSteps(found, (left, right) => bytes[right] - bytes[left]);
		this.#isWhole = true;
	}

	*#find(): Steps<readonly number[]> {
		const { owners } = this.#packages;
		const owner = ownerOf(this.#item);
		const found: number[] = [];
		let looked = 0;
		for (const [from, to] of rangesOf(this.#item, this.#tree))
			for (let node = from; node < to; node++) {
				if (++looked % NODES_A_STEP === 0) yield;
				if (owners[node] !== owner || !isVisible(this.#tree, node)) continue;
				if (!isDirectoryAt(this.#tree, node)) found.push(node);
			}
		return found;
	}
}
