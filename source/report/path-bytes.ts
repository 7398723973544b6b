import type { FileTree } from '../filetree/file-tree.ts';
import { stringAt } from '../tar/changeset.ts';
import { decodeName } from '../text/decode-name.ts';
import { ByteBuffer } from './byte-buffer.ts';
import { jsonStringContent } from './json-text.ts';

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
		appendName(buffer, this.#tree, node);
	}

	#enter(folder: number): void {
		const chain: number[] = [];
		for (let node = folder; node > 0; node = this.#tree.parents[node]) chain.push(node);
		this.#folderPath.clear();
		for (let index = chain.length - 1; index >= 0; index--) {
			appendName(this.#folderPath, this.#tree, chain[index]);
			this.#folderPath.appendByte(SLASH);
		}
		this.#folder = folder;
	}
}

function appendName(buffer: ByteBuffer, { names }: FileTree, node: number): void {
	const start = node === 0 ? 0 : names.ends[node - 1];
	if (buffer.appendIfPlain(names.bytes, start, names.ends[node])) return;
	buffer.appendText(jsonStringContent(decodeName(stringAt(names, node))));
}
