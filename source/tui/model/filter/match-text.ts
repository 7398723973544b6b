import type { FileTree } from '../../../filetree/file-tree.ts';
import type { StringColumn } from '../../../tar/changeset.ts';
import { MatchList } from './match-list.ts';
import { searchableNames } from './searchable-names.ts';

const encoder = new TextEncoder();

/**
 * The nodes whose path contains the needle, where a path is written with a slash before each name. A node below a match is not
 * listed. A needle without an upper-case letter finds both cases.
 */
export function matchText(tree: FileTree, needle: string): Int32Array {
	const anyCase = needle === needle.toLowerCase();
	const names = searchableNames(tree.names, anyCase);
	const parts = needle.split('/').map((part) => encoder.encode(part));
	return parts.length === 1 ? matchNames(tree, names, parts[0]) : matchParts(tree, names, parts);
}

/** Finds closer together than this are found faster byte by byte than by calls of the native search. */
const SHORT_WAY = 256;
/** How many names are then gone through byte by byte before the native search is tried again. */
const NAMES_AT_ONCE = 512;

/** Names that contain the needle. It is looked for in all names end to end: a find that spans two names is none. */
function matchNames(tree: FileTree, names: StringColumn, needle: Uint8Array): Int32Array {
	const { subtreeEnds, nodeCount } = tree;
	const { ends } = names;
	const bytes = Buffer.from(names.bytes.buffer, names.bytes.byteOffset, names.bytes.byteLength);
	const matches = new MatchList();
	let node = 1;
	while (node < nodeCount) {
		const from = ends[node - 1];
		const position = bytes.indexOf(needle, from);
		if (position === -1) break;
		node = nodeAt(ends, position, node);
		let isMatch = position + needle.length <= ends[node];
		const nearEnd = position - from > SHORT_WAY ? node + 1 : Math.min(nodeCount, node + NAMES_AT_ONCE);
		do {
			if (isMatch) matches.add(node);
			node = isMatch ? subtreeEnds[node] : node + 1;
			isMatch = node < nearEnd && contains(names, node, needle);
		} while (node < nearEnd);
	}
	return matches.take();
}

function contains({ bytes, ends }: StringColumn, node: number, needle: Uint8Array): boolean {
	const first = needle[0];
	const last = ends[node] - needle.length;
	for (let position = ends[node - 1]; position <= last; position++) {
		if (bytes[position] === first && hasAt(bytes, position, needle)) return true;
	}
	return false;
}

/** The node whose name has the byte at `position`, from `first` on: the step doubles until it is passed. */
function nodeAt(ends: Uint32Array, position: number, first: number): number {
	let low = first;
	let step = 1;
	while (low + step < ends.length && ends[low + step - 1] <= position) {
		low += step;
		step *= 2;
	}
	let high = Math.min(low + step, ends.length);
	while (low < high) {
		const middle = (low + high) >> 1;
		if (ends[middle] <= position) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** The last part starts a name; the names above it are the parts between; the first part ends the one above those. */
function matchParts(tree: FileTree, names: StringColumn, parts: readonly Uint8Array[]): Int32Array {
	const last = parts[parts.length - 1];
	const matches = new MatchList();
	for (let node = 1; node < tree.nodeCount; ) {
		if (startsWith(names, node, last) && matchesAbove(tree, names, node, parts)) {
			matches.add(node);
			node = tree.subtreeEnds[node];
		} else {
			node += 1;
		}
	}
	return matches.take();
}

function matchesAbove(
	tree: FileTree,
	names: StringColumn,
	node: number,
	parts: readonly Uint8Array[],
): boolean {
	let current = tree.parents[node];
	for (let index = parts.length - 2; index > 0; index--) {
		if (current <= 0) return false;
		if (nameLength(names, current) !== parts[index].length || !startsWith(names, current, parts[index])) {
			return false;
		}
		current = tree.parents[current];
	}
	return current >= 0 && endsWith(names, current, parts[0]);
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
