import type { FileTree } from '../../../filetree/file-tree.ts';
import { stringAt } from '../../../tar/changeset.ts';
import { decodeName } from '../../../text/decode-name.ts';
import { escapePath } from '../../../text/escape.ts';

/** More of a name than any screen can show. */
const MAXIMUM_NAME_BYTES = 1024;
/** More directories of a path than any screen can show. */
const MAXIMUM_DEPTH = 256;

/** The name of a node, safe for a terminal. Of a name too long for any screen, the start. */
export function shownName(tree: FileTree, node: number): string {
	return shownBytes(stringAt(tree.names, node));
}

/** Text from an image, safe for a terminal and bounded. */
export function shownBytes(bytes: Uint8Array): string {
	if (bytes.length <= MAXIMUM_NAME_BYTES) return escapePath(decodeName(bytes));
	let end = MAXIMUM_NAME_BYTES;
	while (end > 0 && (bytes[end] & 0xc0) === 0x80) end -= 1;
	return `${escapePath(decodeName(bytes.subarray(0, end)))}…`;
}

/** The path of a node with a leading slash. Of a path too deep for any screen, the end. */
export function shownPath(tree: FileTree, node: number): string {
	const names: string[] = [];
	let current = node;
	for (; current > 0 && names.length < MAXIMUM_DEPTH; current = tree.parents[current]) {
		names.push(shownName(tree, current));
	}
	return `${current > 0 ? '…' : ''}/${names.reverse().join('/')}`;
}
