import type { FileTree } from '../../filetree/file-tree.ts';
import { ByteBuffer } from '../byte-buffer.ts';
import { appendJsonString } from './json-string.ts';

const SLASH = 0x2f;

/**
 * Writes paths of a tree, by default as the content of a JSON string. Most nodes follow another node of the same folder or of a folder nearby,
 * so the path of the last folder is cached, together with the length of the path of each folder above it.
 */
export class PathBytes {
	readonly #tree: FileTree;
	readonly #appendName: typeof appendJsonString;
	readonly #folderPath = new ByteBuffer(256);
	/** How many folders there are from below the root down to the last folder. */
	#depth = 0;
	/** The nodes from the root down to the last folder. */
	#folders = new Uint32Array(64);
	/** The length of the path of each of them, including its slash. */
	#ends = new Uint32Array(64);

	/** `appendName` writes a name of the tree, by default as the content of a JSON string. */
	constructor(tree: FileTree, appendName = appendJsonString) {
		this.#tree = tree;
		this.#appendName = appendName;
	}

	append(buffer: ByteBuffer, node: number): void {
		const folder = this.#tree.parents[node];
		if (folder !== this.#folders[this.#depth]) this.#enter(folder);
		buffer.appendBuffer(this.#folderPath);
		this.#appendName(buffer, this.#tree.names, node);
	}

	#enter(folder: number): void {
		const { parents, names } = this.#tree;
		const sharedDepth = this.#findSharedDepth(folder);
		const shared = this.#folders[sharedDepth];
		let depth = sharedDepth;
		for (let node = folder; node !== shared; node = parents[node]) depth += 1;
		this.#reserve(depth + 1);
		this.#depth = depth;
		for (let node = folder; node !== shared; node = parents[node]) this.#folders[depth--] = node;
		this.#folderPath.truncate(this.#ends[sharedDepth]);
		for (let below = sharedDepth + 1; below <= this.#depth; below++) {
			this.#appendName(this.#folderPath, names, this.#folders[below]);
			this.#folderPath.appendByte(SLASH);
			this.#ends[below] = this.#folderPath.length;
		}
	}

	/** The depth of the deepest cached folder that is the given one or contains it. The root contains every folder. */
	#findSharedDepth(folder: number): number {
		const { subtreeEnds } = this.#tree;
		let depth = this.#depth;
		while (folder < this.#folders[depth] || folder >= subtreeEnds[this.#folders[depth]]) depth -= 1;
		return depth;
	}

	#reserve(count: number): void {
		if (count <= this.#folders.length) return;
		const folders = new Uint32Array(count * 2);
		folders.set(this.#folders);
		const ends = new Uint32Array(count * 2);
		ends.set(this.#ends);
		this.#folders = folders;
		this.#ends = ends;
	}
}
