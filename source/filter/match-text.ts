import type { FileTree } from '../filetree/file-tree.ts';
import type { Find } from './find.ts';
import { MatchList } from './match-list.ts';
import { characterMask, isDecidedByMask, type SearchableNames, searchableNames } from './searchable-names.ts';

const encoder = new TextEncoder();

export interface TextSearch {
	/** A part of a path, where a path is written with a slash before each name. Without an upper-case letter it finds both cases. */
	readonly needle: string;
	/** The result for a part of the needle, outside of which nothing can match, or null. */
	readonly within: Find | null;
}

/** Finds the nodes whose path contains a text. */
export function matchText(tree: FileTree, { needle, within }: TextSearch): Find {
	const names = searchableNames(tree.names, needle === needle.toLowerCase());
	const parts = needle.split('/').map((part) => encoder.encode(part));
	const last = parts[parts.length - 1];
	if (parts.length === 1) {
		const found = findNames(names, { part: last, matches: nameMatcher(names, last), within });
		return { nodes: findNodes(tree, { names, found, within, confirm: null }), names: found };
	}
	const found = findNames(names, {
		part: last,
		matches: (name) => startsWith(names, name, last),
		within: null,
	});
	const confirm = partsMatcher(tree, names, parts);
	return { nodes: findNodes(tree, { names, found, within, confirm }), names: null };
}

interface NameSearch {
	readonly part: Uint8Array;
	readonly matches: (name: number) => boolean;
	readonly within: Find | null;
}

/** The names that match. All of them contain `part`. */
function findNames({ masks }: SearchableNames, { part, matches, within }: NameSearch): Int32Array {
	const mask = characterMask(part);
	const found = new MatchList();
	const test = (name: number) => {
		if ((masks[name] & mask) === mask && matches(name)) found.add(name);
	};
	const candidates = within?.names ?? null;
	const count = candidates === null ? masks.length : candidates.length;
	for (let index = 0; index < count; index++) test(candidates === null ? index : candidates[index]);
	return found.take();
}

interface NodeSearch {
	readonly names: SearchableNames;
	/** The names that a match has. */
	readonly found: Int32Array;
	readonly within: Find | null;
	/** What a match has to pass besides. */
	readonly confirm: ((node: number) => boolean) | null;
}

/** The topmost nodes that match. */
function findNodes(tree: FileTree, { names, found, within, confirm }: NodeSearch): Int32Array {
	const { subtreeEnds, nodeCount } = tree;
	const { numbers } = names;
	const isFound = new Uint8Array(names.masks.length);
	// No loop over a column here uses its iterator: before code is optimised, that makes an object for every item.
	for (let index = 0; index < found.length; index++) isFound[found[index]] = 1;
	const matches = new MatchList();
	const search = (first: number, end: number) => {
		for (let node = first; node < end; ) {
			if (isFound[numbers[node]] === 1 && (confirm === null || confirm(node))) {
				matches.add(node);
				node = subtreeEnds[node];
			} else {
				node += 1;
			}
		}
	};
	if (within === null) search(1, nodeCount);
	else {
		const { nodes } = within;
		for (let index = 0; index < nodes.length; index++) search(nodes[index], subtreeEnds[nodes[index]]);
	}
	return matches.take();
}

/**
 * Names that contain the needle. The byte under the needle's last one tells how far it can be moved on at least (Horspool, "Practical
 * fast searching in strings", 1980).
 */
function nameMatcher(names: SearchableNames, needle: Uint8Array): (name: number) => boolean {
	const { bytes, ends } = names;
	if (isDecidedByMask(needle)) return () => true;
	const before = needle.length - 1;
	const last = needle[before];
	const shifts = new Int32Array(256).fill(needle.length);
	for (let index = 0; index < before; index++) shifts[needle[index]] = before - index;
	return (name) => {
		const end = ends[name];
		for (let position = startOf(names, name) + before; position < end; ) {
			const byte = bytes[position];
			if (byte === last && hasAt(bytes, position - before, needle)) return true;
			position += shifts[byte];
		}
		return false;
	};
}

/** Tests the names above a node whose name starts with the last part: they must equal the parts in between, and end with the first. */
function partsMatcher(
	tree: FileTree,
	names: SearchableNames,
	parts: readonly Uint8Array[],
): (node: number) => boolean {
	const { numbers } = names;
	return (node) => {
		let current = tree.parents[node];
		for (let index = parts.length - 2; index > 0; index--) {
			if (current <= 0 || !isName(names, numbers[current], parts[index])) return false;
			current = tree.parents[current];
		}
		return current >= 0 && endsWith(names, numbers[current], parts[0]);
	};
}

function isName(names: SearchableNames, name: number, part: Uint8Array): boolean {
	return lengthOf(names, name) === part.length && startsWith(names, name, part);
}

function startsWith(names: SearchableNames, name: number, part: Uint8Array): boolean {
	return lengthOf(names, name) >= part.length && hasAt(names.bytes, startOf(names, name), part);
}

function endsWith(names: SearchableNames, name: number, part: Uint8Array): boolean {
	return lengthOf(names, name) >= part.length && hasAt(names.bytes, names.ends[name] - part.length, part);
}

function startOf({ ends }: SearchableNames, name: number): number {
	return name === 0 ? 0 : ends[name - 1];
}

function lengthOf(names: SearchableNames, name: number): number {
	return names.ends[name] - startOf(names, name);
}

function hasAt(bytes: Uint8Array, position: number, part: Uint8Array): boolean {
	for (let index = 0; index < part.length; index++) {
		if (bytes[position + index] !== part[index]) return false;
	}
	return true;
}
