import type { Steps } from '../../steps.ts';
import { DIRECTORY, SYMLINK, stringAt } from '../../tar/changeset.ts';
import { changeBefore } from '../comparison.ts';
import { type FileTree, NO_ENTRY } from '../file-tree.ts';
import { describingEntryOf, kindOfEntry } from '../links.ts';
import { childCalled, childNamed, childrenOf } from './find-child.ts';

/** As many links in a row as Linux follows (path_resolution(7)). */
const MOST_LINKS = 40;

/** The longest target that Linux follows (PATH_MAX, without the NUL). An empty one leads nowhere either. */
const MOST_TARGET_BYTES = 4095;

/** What a path of the image leads to. */
export type FollowedPath =
	| {
			readonly kind: 'found';
			readonly node: number;
			/** The change that left it there; -1 for the root where no layer has an entry for it. */
			readonly change: number;
	  }
	| { readonly kind: 'absent'; readonly nearest: number; readonly name: string }
	/** There is something that is no folder where the path goes on. */
	| { readonly kind: 'not-a-folder'; readonly node: number }
	/** The symlinks lead in a circle, by way of this one. */
	| { readonly kind: 'circle'; readonly node: number };

export interface PathToFollow {
	/** As a user writes it: with or without slashes at its ends, names as they are or as fathom prints them. */
	readonly path: string;
	/** The number of layers, from the lowest, that are there. */
	readonly point: number;
	/** Whether a symlink at the end of the path is followed, too. One with a slash behind it always is. */
	readonly followsLast: boolean;
}

/** A name that is still to be found: as a user wrote it, or as a symlink has it. */
type Name = string | Uint8Array;

const SLASH = 0x2f;
const DOT = 0x2e;

/**
 * Follows a path as a process in a container would (path_resolution(7)): an absolute symlink starts at the root of the image, and `..` never
 * leaves it. It remembers what is in which folder, so that a path can be followed at many points.
 */
export class PathFollower {
	readonly #tree: FileTree;
	readonly #children = new Map<number, readonly number[]>();

	constructor(tree: FileTree) {
		this.#tree = tree;
	}

	*follow({ path, point, followsLast }: PathToFollow): Steps<FollowedPath> {
		const names: Name[] = path.split('/').filter(isName).reverse();
		const followsAll = followsLast || path.endsWith('/');
		let [node, links] = [0, 0];
		for (let name = names.pop(); name !== undefined; name = names.pop()) {
			if (!isFolder(this.#tree, node, point)) return { kind: 'not-a-folder', node };
			if (isParent(name)) {
				node = Math.max(0, this.#tree.parents[node]);
				continue;
			}
			const child = yield* this.#find(node, name, point);
			if (child === null) return { kind: 'absent', nearest: node, name: textOf(name) };
			const target = names.length > 0 || followsAll ? linkTarget(this.#tree, child, point) : null;
			if (target === null) {
				node = child;
				continue;
			}
			if (target.length === 0 || target.length > MOST_TARGET_BYTES)
				return { kind: 'absent', nearest: node, name: textOf(name) };
			links += 1;
			if (links > MOST_LINKS) return { kind: 'circle', node: child };
			if (target[0] === SLASH) node = 0;
			names.push(...namesIn(target).reverse());
		}
		return { kind: 'found', node, change: changeBefore(this.#tree, node, point) };
	}

	/** A name in a folder, where that is there at the point. */
	*#find(folder: number, name: Name, point: number): Steps<number | null> {
		let children = this.#children.get(folder);
		if (children === undefined) {
			children = yield* childrenOf(this.#tree, folder);
			this.#children.set(folder, children);
		}
		const child =
			typeof name === 'string'
				? yield* childCalled(this.#tree, children, name)
				: yield* childNamed(this.#tree, children, name);
		return child !== null && isThere(this.#tree, child, point) ? child : null;
	}
}

function isThere(tree: FileTree, node: number, point: number): boolean {
	const change = changeBefore(tree, node, point);
	return change >= 0 && tree.changeEntries[change] !== NO_ENTRY;
}

function isFolder(tree: FileTree, node: number, point: number): boolean {
	return node === 0 || kindOfEntry(tree, changeBefore(tree, node, point)) === DIRECTORY;
}

/** What a node that is there leads to; null where it is no symlink. */
function linkTarget(tree: FileTree, node: number, point: number): Uint8Array | null {
	const change = changeBefore(tree, node, point);
	if (kindOfEntry(tree, change) !== SYMLINK) return null;
	const { layerIndex, entry } = describingEntryOf(tree, change);
	return stringAt(tree.changesets[layerIndex].targets, entry);
}

/** The names in the target of a symlink. */
function namesIn(target: Uint8Array): Uint8Array[] {
	const names: Uint8Array[] = [];
	for (let start = 0; start < target.length; ) {
		const slash = target.indexOf(SLASH, start);
		const end = slash === -1 ? target.length : slash;
		const name = target.subarray(start, end);
		if (isName(name)) names.push(name);
		start = end + 1;
	}
	return names;
}

function isName(name: Name): boolean {
	return name.length > 0 && textOf(name) !== '.';
}

function isParent(name: Name): boolean {
	return typeof name === 'string' ? name === '..' : name.length === 2 && name[0] === DOT && name[1] === DOT;
}

function textOf(name: Name): string {
	return typeof name === 'string' ? name : Buffer.from(name).toString();
}
