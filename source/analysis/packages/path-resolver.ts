import type { FileTree } from '../../filetree/file-tree.ts';
import { describingEntryOf, kindOfEntry } from '../../filetree/links.ts';
import { DIRECTORY, SYMLINK, stringAt } from '../../tar/changeset.ts';
import { isVisible } from './path-facts.ts';

/** As many links as Linux follows for one path (path_resolution(7)). */
const MOST_LINKS = 40;
/** Linux takes no longer path. */
const MOST_PATH_LENGTH = 4096;

/** Finds paths in the final file system, as a process in the container would, but for the last component: that is not followed. */
export class PathResolver {
	readonly #tree: FileTree;
	/** The visible children of the directories that were looked into, by name. */
	readonly #children = new Map<number, ReadonlyMap<string, number>>();
	/** The node of each directory that was asked for, by path. */
	readonly #directories = new Map<string, number | null>([['', 0]]);
	readonly #links: FollowedLinks;

	constructor(tree: FileTree) {
		this.#tree = tree;
		this.#links = new FollowedLinks(tree, (directory, name) => this.child(directory, name));
	}

	/** The node of a path, in latin1 and without a leading slash; null if nothing is there. */
	find(path: string): number | null {
		const slash = path.lastIndexOf('/');
		const directory = this.findDirectory(path.slice(0, Math.max(0, slash)));
		return directory === null || path.length > MOST_PATH_LENGTH
			? null
			: this.child(directory, path.slice(slash + 1));
	}

	/** The directory that a path leads to; null where it leads to none. */
	findDirectory(path: string): number | null {
		if (path.length > MOST_PATH_LENGTH) return null;
		const known = this.#directories.get(path);
		if (known !== undefined) return known;
		const found = this.#links.walk(path);
		this.#directories.set(path, found);
		return found;
	}

	/** What a directory holds by this name; null for nothing. */
	child(directory: number, name: string): number | null {
		return this.#childrenOf(directory).get(name) ?? null;
	}

	#childrenOf(directory: number): ReadonlyMap<string, number> {
		const known = this.#children.get(directory);
		if (known !== undefined) return known;
		const { subtreeEnds, names } = this.#tree;
		const children = new Map<string, number>();
		for (let child = directory + 1; child < subtreeEnds[directory]; child = subtreeEnds[child])
			if (isVisible(this.#tree, child)) children.set(latin1Of(stringAt(names, child)), child);
		this.#children.set(directory, children);
		return children;
	}
}

/** Where a path leads, and how many links that takes. */
interface Destination {
	/** The node of a directory; null where it leads to none. */
	readonly directory: number | null;
	readonly links: number;
}

const nowhere: Destination = { directory: null, links: 0 };

/** A path on which some components were passed. */
interface Walk {
	/** The symlink whose target it is; null for the path that was asked for. */
	readonly link: number | null;
	readonly path: string;
	/** Where the next component begins. */
	next: number;
	directory: number;
	links: number;
}

/**
 * Follows symlinks to directories, each of them once: where one leads does not depend on the path that it is found on. Links that lead to links
 * are kept on a stack of their own, as an image may have a chain of any length.
 */
class FollowedLinks {
	readonly #tree: FileTree;
	readonly #child: (directory: number, name: string) => number | null;
	/** By node. One that is being followed leads nowhere: who comes by it again goes in a circle. */
	readonly #followed = new Map<number, Destination>();

	constructor(tree: FileTree, child: (directory: number, name: string) => number | null) {
		this.#tree = tree;
		this.#child = child;
	}

	/** The directory that a path from the root leads to; null where it leads to none. */
	walk(path: string): number | null {
		const walks: Walk[] = [{ link: null, path, next: 0, directory: 0, links: 0 }];
		for (let walk = walks[0]; ; walk = walks[walks.length - 1]) {
			const reached = this.#advance(walk);
			if (typeof reached === 'number') {
				this.#followed.set(reached, nowhere);
				walks.push(this.#walkOf(reached));
				continue;
			}
			if (walk.link === null) return reached.directory;
			this.#followed.set(walk.link, reached);
			walks.pop();
		}
	}

	/** Goes on to the end of a path, or to a link, whose node it gives, that has to be followed first. */
	#advance(walk: Walk): Destination | number {
		while (walk.next < walk.path.length) {
			const slash = walk.path.indexOf('/', walk.next);
			const end = slash === -1 ? walk.path.length : slash;
			const into = this.#enter(walk, walk.path.slice(walk.next, end));
			if (typeof into === 'number') return into;
			walk.links += into.links;
			if (into.directory === null || walk.links > MOST_LINKS) return nowhere;
			walk.directory = into.directory;
			walk.next = end + 1;
		}
		return { directory: walk.directory, links: walk.links };
	}

	#enter({ directory }: Walk, name: string): Destination | number {
		if (name === '' || name === '.') return { directory, links: 0 };
		if (name === '..') return { directory: Math.max(0, this.#tree.parents[directory]), links: 0 };
		const node = this.#child(directory, name);
		if (node === null) return nowhere;
		const kind = kindOfEntry(this.#tree, this.#lastChange(node));
		if (kind === DIRECTORY) return { directory: node, links: 0 };
		if (kind !== SYMLINK || !isPath(this.#targetOf(node))) return nowhere;
		const followed = this.#followed.get(node);
		return followed === undefined ? node : { ...followed, links: followed.links + 1 };
	}

	#walkOf(link: number): Walk {
		const path = this.#targetOf(link);
		const directory = path.startsWith('/') ? 0 : this.#tree.parents[link];
		return { link, path, next: 0, directory, links: 0 };
	}

	#targetOf(link: number): string {
		const { layerIndex, entry } = describingEntryOf(this.#tree, this.#lastChange(link));
		return latin1Of(stringAt(this.#tree.changesets[layerIndex].targets, entry));
	}

	#lastChange(node: number): number {
		return this.#tree.changeStarts[node + 1] - 1;
	}
}

function isPath(target: string): boolean {
	return target !== '' && target.length <= MOST_PATH_LENGTH;
}

export function latin1Of({ buffer, byteOffset, length }: Uint8Array): string {
	return Buffer.from(buffer, byteOffset, length).toString('latin1');
}
