import { lstatSync, mkdirSync, unlinkSync } from 'node:fs';
import type { FileTree } from '../../filetree/file-tree.ts';
import { stringAt } from '../../tar/changeset.ts';
import { Folder, type FolderAccess } from './folder.ts';
import { codeOf } from './left-out.ts';

/** More open folders than most trees are deep, and fewer than a process may have open files. */
const MOST_OPEN = 64;

/** Where a folder of the image became one below DIR. */
export type MadeFolder = 'made' | 'there' | 'in-the-way';

/** The folders below DIR in which the folders of an image are made. A symlink is never followed, also none that was there before. */
export class TargetTree {
	readonly #tree: FileTree;
	readonly #root: Folder;
	readonly #open = new Map<number, Folder>();

	/** Throws the system's errors. */
	constructor(tree: FileTree, path: string, access: FolderAccess) {
		this.#tree = tree;
		this.#root = Folder.root(path, access);
	}

	nameOf(node: number): Uint8Array {
		return stringAt(this.#tree.names, node);
	}

	/** The folder that is made for a node; null if something else is in its place. It stays open until other folders are asked for. */
	folderOf(node: number): Folder | null {
		const closed: number[] = [];
		let above = node;
		for (; above > 0 && !this.#open.has(above); above = this.#tree.parents[above]) closed.push(above);
		let folder = above === 0 ? this.#root : this.#touch(above);
		for (let next = closed.pop(); next !== undefined; next = closed.pop()) {
			const inner = openIn(folder, this.nameOf(next));
			if (inner === null) return null;
			this.#keep(next, inner);
			folder = inner;
		}
		return folder;
	}

	/** The folder in which a node is made; null if something else is in its place. */
	folderAround(node: number): Folder | null {
		return this.folderOf(this.#tree.parents[node]);
	}

	/** Makes a folder. A file or a symlink in its place gives way with `force`. Throws the system's errors. */
	makeFolder(node: number, { force }: { readonly force: boolean }): MadeFolder {
		const around = this.folderAround(node);
		if (around === null) return 'in-the-way';
		const path = around.pathOf(this.nameOf(node));
		const there = lstatSync(path, { throwIfNoEntry: false });
		if (there?.isDirectory()) return 'there';
		if (there !== undefined && !force) return 'in-the-way';
		if (there !== undefined) unlinkSync(path);
		mkdirSync(path, 0o700);
		return 'made';
	}

	close(): void {
		for (const folder of this.#open.values()) folder.close();
		this.#open.clear();
		this.#root.close();
	}

	#touch(node: number): Folder {
		const folder = this.#open.get(node) ?? this.#root;
		this.#open.delete(node);
		this.#open.set(node, folder);
		return folder;
	}

	#keep(node: number, folder: Folder): void {
		this.#open.set(node, folder);
		const [oldest] = this.#open;
		if (this.#open.size <= MOST_OPEN || oldest === undefined) return;
		this.#open.delete(oldest[0]);
		oldest[1].close();
	}
}

/** Null for what is no folder. */
function openIn(folder: Folder, name: Uint8Array): Folder | null {
	try {
		return folder.open(name);
	} catch (error) {
		if (['ENOTDIR', 'ELOOP', 'ENOENT', 'ENAMETOOLONG', 'EMLINK'].includes(codeOf(error))) return null;
		throw error;
	}
}
