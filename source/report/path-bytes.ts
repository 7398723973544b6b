import type { FileTree } from '../filetree/file-tree.ts';
import { ByteBuffer } from './byte-buffer.ts';
import { appendJsonString } from './json-string.ts';

const SLASH = 0x2f;

/**
 * Writes paths of a tree as they stand in a JSON string. Most nodes come right after another of the same folder, so the path of
 * the last folder is kept.
 */
export class PathBytes {
	readonly #tree: FileTree;
	readonly #folderPath = new ByteBuffer(256);
	#folder = 0;

	constructor(tree: FileTree) {
		this.#tree = tree;
	}

	append(buffer: ByteBuffer, node: number): void {
		const parent = this.#tree.parents[node];
		if (parent !== this.#folder) this.#enter(parent);
		buffer.appendBuffer(this.#folderPath);
		appendJsonString(buffer, this.#tree.names, node);
	}

	#enter(folder: number): void {
		const chain: number[] = [];
		for (let node = folder; node > 0; node = this.#tree.parents[node]) chain.push(node);
		this.#folderPath.clear();
		for (let index = chain.length - 1; index >= 0; index--) {
			appendJsonString(this.#folderPath, this.#tree.names, chain[index]);
			this.#folderPath.appendByte(SLASH);
		}
		this.#folder = folder;
	}
}
