import type { FileTree } from '../../../filetree/file-tree.ts';
import type { StringColumn } from '../../../tar/changeset.ts';
import { MatchList } from './match-list.ts';
import { characterMask, isToldByMask, searchableNames } from './searchable-names.ts';

const encoder = new TextEncoder();

/**
 * The nodes whose path contains the needle, where a path is written with a slash before each name. A node below a match is not
 * listed. A needle without an upper-case letter finds both cases. `within` are matches of a part of the needle, where there are any:
 * what contains the whole is one of them or below one.
 */
export function matchText(tree: FileTree, needle: string, within: Int32Array | null = null): Int32Array {
	const names = searchableNames(tree.names, needle === needle.toLowerCase());
	const parts = needle.split('/').map((part) => encoder.encode(part));
	const last = parts[parts.length - 1];
	const mask = characterMask(last);
	const isMatch = parts.length > 1 ? partsMatcher(tree, names, parts) : nameMatcher(names, parts[0]);
	const isTold = parts.length === 1 && isToldByMask(last);
	const { masks } = names;
	const { subtreeEnds, nodeCount } = tree;
	const matches = new MatchList();
	const search = (first: number, end: number) => {
		for (let node = first; node < end; ) {
			if ((masks[node] & mask) === mask && (isTold || isMatch(node))) {
				matches.add(node);
				node = subtreeEnds[node];
			} else {
				node += 1;
			}
		}
	};
	if (within === null) search(1, nodeCount);
	else for (const node of within) search(node, subtreeEnds[node]);
	return matches.take();
}

type NodeMatcher = (node: number) => boolean;

/**
 * Names that contain the needle. The byte under the needle's last one tells how far it can be moved on at least (Horspool, "Practical
 * fast searching in strings", 1980).
 */
function nameMatcher({ bytes, ends }: StringColumn, needle: Uint8Array): NodeMatcher {
	const before = needle.length - 1;
	const last = needle[before];
	const shifts = new Int32Array(256).fill(needle.length);
	for (let index = 0; index < before; index++) shifts[needle[index]] = before - index;
	return (node) => {
		const end = ends[node];
		for (let position = ends[node - 1] + before; position < end; ) {
			const byte = bytes[position];
			if (byte === last && hasAt(bytes, position - before, needle)) return true;
			position += shifts[byte];
		}
		return false;
	};
}

/** The last part starts the name; the names above it are the parts between; the first part ends the one above those. */
function partsMatcher(tree: FileTree, names: StringColumn, parts: readonly Uint8Array[]): NodeMatcher {
	const last = parts[parts.length - 1];
	return (node) => {
		if (!startsWith(names, node, last)) return false;
		let current = tree.parents[node];
		for (let index = parts.length - 2; index > 0; index--) {
			if (current <= 0 || !isName(names, current, parts[index])) return false;
			current = tree.parents[current];
		}
		return current >= 0 && endsWith(names, current, parts[0]);
	};
}

function isName(names: StringColumn, node: number, part: Uint8Array): boolean {
	return nameLength(names, node) === part.length && startsWith(names, node, part);
}

function startsWith(names: StringColumn, node: number, part: Uint8Array): boolean {
	return nameLength(names, node) >= part.length && hasAt(names.bytes, startOf(names, node), part);
}

function endsWith(names: StringColumn, node: number, part: Uint8Array): boolean {
	return nameLength(names, node) >= part.length && hasAt(names.bytes, names.ends[node] - part.length, part);
}

function startOf({ ends }: StringColumn, node: number): number {
	return node === 0 ? 0 : ends[node - 1];
}

function nameLength(names: StringColumn, node: number): number {
	return names.ends[node] - startOf(names, node);
}

function hasAt(bytes: Uint8Array, position: number, part: Uint8Array): boolean {
	for (let index = 0; index < part.length; index++) {
		if (bytes[position + index] !== part[index]) return false;
	}
	return true;
}
