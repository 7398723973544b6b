import type { FileTree } from '../../filetree/file-tree.ts';
import { contentEntryOf } from '../../filetree/links.ts';
import { type ByteBuffer, byteConstant } from '../byte-buffer.ts';
import { PathBytes } from './path-bytes.ts';
import { type PlacedEntries, positionIn } from './superseded-rows.ts';

const layerKey = byteConstant(',"linked":{"layerIndex":');
const pathKey = byteConstant(',"path":"');
const bytesKey = byteConstant('","sizeBytes":');
const supersededKey = byteConstant(',"superseded":');
const nothing = byteConstant(',"linked":null');
const CLOSING_BRACE = 0x7d;

/** Writes which entry has the content of a hard link. It may be superseded, or removed by now, and so be at no path any more. */
export class LinkedContent {
	readonly #tree: FileTree;
	readonly #entryNodes: PlacedEntries['entryNodes'];
	/** Of each layer. */
	readonly #superseded: readonly Uint32Array[];
	/** Apart from the paths of rows, which follow one another. */
	readonly #paths: PathBytes;

	constructor({ tree, entryNodes }: PlacedEntries, superseded: readonly Uint32Array[]) {
		this.#tree = tree;
		this.#entryNodes = entryNodes;
		this.#superseded = superseded;
		this.#paths = new PathBytes(tree);
	}

	append(buffer: ByteBuffer, change: number): void {
		const content = contentEntryOf(this.#tree, change);
		if (content === null) {
			buffer.append(nothing);
			return;
		}
		const { layerIndex, entry } = content;
		buffer.append(layerKey);
		buffer.appendNumber(layerIndex);
		buffer.append(pathKey);
		this.#paths.append(buffer, this.#entryNodes[layerIndex][entry]);
		buffer.append(bytesKey);
		buffer.appendNumber(this.#tree.changesets[layerIndex].sizes[entry]);
		const position = positionIn(this.#superseded[layerIndex], entry);
		if (position >= 0) {
			buffer.append(supersededKey);
			buffer.appendNumber(position);
		}
		buffer.appendByte(CLOSING_BRACE);
	}
}
