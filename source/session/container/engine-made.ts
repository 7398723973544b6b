import { changeBefore } from '../../filetree/comparison.ts';
import { type FileTree, NO_ENTRY } from '../../filetree/file-tree.ts';
import { contentEntryOf, describingEntryOf, kindOfEntry } from '../../filetree/links.ts';
import type { Steps } from '../../steps.ts';
import { FILE, SYMLINK, stringAt } from '../../tar/changeset.ts';

/** Why a path is no part of what a container wrote. */
export const WRITTEN = 0;
export const ENGINE_MADE = 1;
export const MOUNTED = 2;

/** What of a container's file system is not its own. */
export interface ForeignPaths {
	/** Paths where something is mounted, as the engine gives them. */
	readonly mounts: readonly string[];
	/**
	 * Whether files such as /etc/hosts are the container's own unless they are empty. Engines mount them over empty files, which is
	 * all that an export tells of them.
	 */
	readonly onlyEmptyFiles: boolean;
}

/** Folders that the kernel or the engine fills. */
const engineFolders = ['/dev', '/proc', '/sys', '/run/secrets'];
/** Files that the engine mounts, or makes to say that this is a container. */
const engineFiles = ['/etc/hosts', '/etc/hostname', '/etc/resolv.conf', '/.dockerenv', '/run/.containerenv'];
/** The init program, which is mounted over an empty file in containers that ask for one. */
const initFiles = ['/sbin/docker-init', '/run/podman-init'];
/** Engines make it where the image has none, and replace a link of the image by their own. */
const mountTable = {
	path: '/etc/mtab',
	targets: ['/proc/mounts', '/proc/self/mounts', '../proc/self/mounts'],
};

/** A hostile engine could list so many that finding them takes minutes. */
const MOST_MOUNTS = 1024;

/** Marks the nodes that are not the container's own, each with the reason, in a tree whose top layer is the export of the container. */
export function* markForeign(tree: FileTree, { mounts, onlyEmptyFiles }: ForeignPaths): Steps<Uint8Array> {
	const reasons = new Uint8Array(tree.nodeCount);
	const mark = function* (path: string, reason: number, isMarked = (_: number) => true): Steps<void> {
		for (const node of yield* nodesAt(tree, path))
			if (isMarked(node)) reasons.fill(reason, node, tree.subtreeEnds[node]);
	};
	for (const path of mounts.slice(0, MOST_MOUNTS)) if (path !== '/') yield* mark(path, MOUNTED);
	for (const path of engineFolders) yield* mark(path, ENGINE_MADE);
	for (const path of engineFiles)
		yield* mark(path, ENGINE_MADE, (node) => !onlyEmptyFiles || !hasContent(tree, node));
	for (const path of initFiles)
		yield* mark(path, ENGINE_MADE, (node) => isNew(tree, node) && isEmptyFile(tree, node));
	yield* mark(mountTable.path, ENGINE_MADE, (node) =>
		mountTable.targets.includes(targetOf(tree, finalChange(tree, node)) ?? ''),
	);
	return reasons;
}

const MOST_LINKS = 40;

/** The node of a path, and the one that it leads to if the path goes over symlinks: a mount on /var/run/x may be in /run. */
function* nodesAt(tree: FileTree, path: string): Steps<readonly number[]> {
	const literal = yield* walk(tree, partsOf(path));
	if (literal === null) return [];
	const nodes = literal.isLiteral ? [literal.node] : [];
	let at: Walked | null = literal;
	for (let links = 0; at !== null && links < MOST_LINKS; links++) {
		const target = targetOf(tree, finalChange(tree, at.node));
		if (target === null) return nodes.includes(at.node) ? nodes : [...nodes, at.node];
		at = yield* walk(tree, [...(target.startsWith('/') ? [] : at.folder), ...partsOf(target)]);
	}
	return nodes;
}

interface Walked {
	readonly node: number;
	/** The names of the folders above it, which are no links. */
	readonly folder: readonly string[];
	/** Whether no folder on the way was a symlink. */
	readonly isLiteral: boolean;
}

/** Follows symlinks in all but the last part. Null where nothing is. */
function* walk(tree: FileTree, path: readonly string[]): Steps<Walked | null> {
	let rest = [...path];
	let names: string[] = [];
	let nodes = [0];
	let links = 0;
	while (rest.length > 0 && links < MOST_LINKS) {
		const [name, ...after] = rest;
		rest = after;
		if (name === '..') {
			names = names.slice(0, -1);
			if (nodes.length > 1) nodes = nodes.slice(0, -1);
			continue;
		}
		yield;
		const child = childCalled(tree, nodes[nodes.length - 1], Buffer.from(name));
		if (child === null) return null;
		if (rest.length === 0) return { node: child, folder: names, isLiteral: links === 0 };
		const target = targetOf(tree, finalChange(tree, child));
		if (target === null) {
			names = [...names, name];
			nodes = [...nodes, child];
			continue;
		}
		links += 1;
		rest = [...(target.startsWith('/') ? [] : names), ...partsOf(target), ...rest];
		names = [];
		nodes = [0];
	}
	return null;
}

function partsOf(path: string): readonly string[] {
	return path.split('/').filter((name) => name !== '' && name !== '.');
}

/** Siblings are in the byte order of their names. */
function childCalled(tree: FileTree, folder: number, name: Uint8Array): number | null {
	const end = tree.subtreeEnds[folder];
	for (let child = folder + 1; child < end; child = tree.subtreeEnds[child]) {
		const order = Buffer.compare(stringAt(tree.names, child), name);
		if (order === 0) return child;
		if (order > 0) return null;
	}
	return null;
}

/** The change that made a node what it is in the container, or what it was in the image where the container has nothing; -1 for none. */
function finalChange(tree: FileTree, node: number): number {
	const last = changeBefore(tree, node, tree.layerCount);
	return last > tree.changeStarts[node] && tree.changeEntries[last] === NO_ENTRY ? last - 1 : last;
}

function targetOf(tree: FileTree, change: number): string | null {
	if (change < 0 || tree.changeEntries[change] < 0 || kindOfEntry(tree, change) !== SYMLINK) return null;
	const { layerIndex, entry } = describingEntryOf(tree, change);
	return Buffer.from(stringAt(tree.changesets[layerIndex].targets, entry)).toString();
}

/** Whether the image has nothing there. */
function isNew(tree: FileTree, node: number): boolean {
	const below = changeBefore(tree, node, tree.layerCount - 1);
	return below === -1 || tree.changeEntries[below] === NO_ENTRY;
}

function isEmptyFile(tree: FileTree, node: number): boolean {
	const change = changeBefore(tree, node, tree.layerCount);
	if (change === -1 || tree.changeEntries[change] < 0 || kindOfEntry(tree, change) !== FILE) return false;
	const content = contentEntryOf(tree, change);
	return content === null || tree.changesets[content.layerIndex].sizes[content.entry] === 0;
}

/** Whether the container has something there that is no empty file. */
function hasContent(tree: FileTree, node: number): boolean {
	const change = changeBefore(tree, node, tree.layerCount);
	return change !== -1 && tree.changeEntries[change] !== NO_ENTRY && !isEmptyFile(tree, node);
}
