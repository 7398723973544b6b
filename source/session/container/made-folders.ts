import { ADDED, type FileTree, NO_ENTRY } from '../../filetree/file-tree.ts';
import { kindOfEntry } from '../../filetree/links.ts';
import { DIRECTORY } from '../../tar/changeset.ts';
import { WRITTEN } from './engine-made.ts';

/** Marks folders that are there only for what the engine made or mounted in them: those that are new and hold nothing else. */
export class MadeFolders {
	readonly #tree: FileTree;
	readonly #reasons: Uint8Array;
	readonly #below: Uint8Array;
	readonly #holdsOther: Uint8Array;

	constructor(tree: FileTree, reasons: Uint8Array) {
		this.#tree = tree;
		this.#reasons = reasons;
		this.#below = new Uint8Array(tree.nodeCount);
		this.#holdsOther = new Uint8Array(tree.nodeCount);
	}

	/** To be called for what is below a folder first. */
	visit(node: number, change: number, kind: number): void {
		const isThere = this.#tree.changeEntries[change] !== NO_ENTRY;
		if (!isThere) return;
		const isFolder = kind === ADDED && kindOfEntry(this.#tree, change) === DIRECTORY;
		if (this.#reasons[node] === WRITTEN && isFolder && !this.#holdsOther[node])
			this.#reasons[node] = this.#below[node];
		const parent = this.#tree.parents[node];
		if (this.#reasons[node] === WRITTEN) this.#holdsOther[parent] = 1;
		else this.#below[parent] = this.#reasons[node];
	}
}
