import { type Steps, sortInSteps } from '../../steps.ts';
import type { FileTree } from '../file-tree.ts';
import { SubtreeAdder, type SubtreeSums } from '../subtree-sums.ts';
import { carrierOf, isLost, keptNames, lostNameOf } from './carrier.ts';
import { inodesOf } from './find-inodes.ts';
import type { Inodes } from './inodes.ts';
import { hasOwnName, type InodeAt, visibleNames } from './visible-names.ts';

/*
 * Sums are added up from what each node carries: the bytes of a file are with the name that brought them, and other names carry nothing.
 * What is here makes each folder count each file once that has a name below it, and leaves what the names carry themselves.
 */

export interface TwoPoints {
	readonly from: number;
	readonly to: number;
	/** What the nodes carry, added up; written over. */
	readonly into: SubtreeSums;
}

const INODES_A_STEP = 256;

/** Sums that were right at one point of the stack, and to which was added what the nodes carry at the other, in either order. */
export function* countPresentOnce(tree: FileTree, { from, to, into }: TwoPoints): Steps<void> {
	const inodes = yield* inodesOf(tree);
	const corrections = new Corrections(tree);
	yield* forEachChanging(inodes, [Math.min(from, to), Math.max(from, to)], (inode) => {
		correctPresent(corrections, { tree, inodes, inode, point: to }, 1);
		correctPresent(corrections, { tree, inodes, inode, point: from }, -1);
	});
	yield* corrections.applyTo(into);
}

function correctPresent(corrections: Corrections, at: InodeAt, sign: 1 | -1): void {
	const isOwn = hasOwnName(at);
	if (isOwn && at.inodes.inOneFolder[at.inode] === 1) return;
	const names = visibleNames(at);
	if (isOwn && areInOneFolder(at.tree, names)) return;
	const bytes = sign * at.inodes.bytes[at.inode];
	corrections.addOnce(names, bytes);
	if (isOwn) corrections.addAbove(at.inodes.ownNodes[at.inode], -bytes);
}

/**
 * What was lost between two points: a file is lost where its last name goes. A name that is another file of the same content now loses
 * nothing.
 */
export function* countLostOnce(tree: FileTree, { from, to, into }: TwoPoints): Steps<void> {
	const inodes = yield* inodesOf(tree);
	const corrections = new Corrections(tree);
	yield* forEachChanging(inodes, [from, to], (inode) => {
		correctLost(corrections, { tree, inodes, inode }, { from, to });
	});
	yield* corrections.applyTo(into);
}

/** Corrects what was lost of one file; nothing is to be corrected if none of its names was lost. */
function correctLost(
	corrections: Corrections,
	at: Omit<InodeAt, 'point'>,
	{ from, to }: Pick<TwoPoints, 'from' | 'to'>,
): void {
	const { tree, inodes, inode } = at;
	const bytes = inodes.bytes[inode];
	const carrier = hasOwnName({ ...at, point: to }) ? null : carrierOf({ ...at, point: to }, from);
	if (carrier !== null) corrections.ship(carrier, bytes);
	const before = visibleNames({ ...at, point: from });
	if (!before.some((node) => isLost(tree, node, { from, to }))) return;
	const kept = keptNames(at, { from, to });
	const own = inodes.ownNodes[inode];
	const isOwnLost = hasOwnName({ ...at, point: from }) && isLost(tree, own, { from, to });
	if (isOwnLost && kept.length === 0 && areInOneFolder(tree, before)) return;
	corrections.addOnce(ascending([...new Set([...before, ...kept])]), bytes);
	corrections.addOnce(ascending(kept), -bytes);
	if (isOwnLost) corrections.addAbove(own, -bytes);
	const lostName = lostNameOf(at, { from, to });
	if (isOwnLost && lostName !== own) corrections.addAlone(own, -bytes);
	if (lostName !== null && lostName !== own) corrections.addAlone(lostName, bytes);
}

/** Whether nodes are all in the same folder, as most names of a file are: then it counts it as often as the name that brought it does. */
function areInOneFolder({ parents }: FileTree, nodes: readonly number[]): boolean {
	return nodes.every((node) => parents[node] === parents[nodes[0]]);
}

/**
 * From sums of what is there at a point, in which each folder counts a file once, what the layers below ship: hard links ship nothing. Only
 * `into.shipped` is changed.
 */
export function* countShippedOfAll(tree: FileTree, point: number, into: SubtreeSums): Steps<void> {
	const inodes = yield* inodesOf(tree);
	const corrections = new Corrections(tree);
	for (let inode = 0; inode < inodes.count; inode++) {
		if (inode % INODES_A_STEP === 0) yield;
		const at = { tree, inodes, inode, point };
		const isOwn = hasOwnName(at);
		if (isOwn && inodes.inOneFolder[inode] === 1) continue;
		const names = visibleNames(at);
		if (isOwn && areInOneFolder(tree, names)) continue;
		const bytes = inodes.bytes[inode];
		corrections.shipOnce(names, -bytes);
		const carrier = carrierOf(at, 0);
		if (isOwn) corrections.shipAbove(inodes.ownNodes[inode], bytes);
		else if (carrier !== null) corrections.ship(carrier, bytes);
	}
	yield* corrections.applyTo(into);
}

/** Visits the inodes of which layers in `[from, to)` bring or take names, each once. */
function* forEachChanging(
	{ layerStarts, layerInodes }: Inodes,
	[from, to]: readonly [number, number],
	visit: (inode: number) => void,
): Steps<void> {
	const seen = new Set<number>();
	for (let index = layerStarts[from]; index < layerStarts[to]; index++) {
		if (index % INODES_A_STEP === 0) yield;
		const inode = layerInodes[index];
		if (seen.has(inode)) continue;
		seen.add(inode);
		visit(inode);
	}
}

function ascending(nodes: readonly number[]): readonly number[] {
	return nodes.toSorted((left, right) => left - right);
}

/** What is to be added to nodes, and so to all above them. */
class Corrections {
	readonly #tree: FileTree;
	readonly #bytes = new Map<number, number>();
	readonly #shipped = new Map<number, number>();

	constructor(tree: FileTree) {
		this.#tree = tree;
	}

	/** Adds to all that is above a node. */
	addAbove(node: number, bytes: number): void {
		this.#add(this.#tree.parents[node], bytes);
	}

	/** Adds to a node alone, which may be a folder in another layer. */
	addAlone(node: number, bytes: number): void {
		this.#add(node, bytes);
		this.addAbove(node, -bytes);
	}

	ship(node: number, bytes: number): void {
		this.#shipped.set(node, (this.#shipped.get(node) ?? 0) + bytes);
	}

	shipAbove(node: number, bytes: number): void {
		this.ship(this.#tree.parents[node], bytes);
	}

	/** Adds the bytes once to each folder above one of the nodes, which are ascending. */
	addOnce(nodes: readonly number[], bytes: number): void {
		this.#once(nodes, (node, sign) => this.#add(node, sign * bytes));
	}

	shipOnce(nodes: readonly number[], bytes: number): void {
		this.#once(nodes, (node, sign) => this.ship(node, sign * bytes));
	}

	*applyTo(into: SubtreeSums): Steps<void> {
		if (this.#bytes.size + this.#shipped.size === 0) return;
		const nodes = new Set([...this.#bytes.keys(), ...this.#shipped.keys()]);
		const adder = new SubtreeAdder(this.#tree, into);
		for (const [index, node] of (yield* sortInSteps([...nodes], (left, right) => right - left)).entries()) {
			if (index % INODES_A_STEP === 0) yield;
			adder.add(node, {
				bytes: this.#bytes.get(node) ?? 0,
				count: 0,
				changes: 0,
				shipped: this.#shipped.get(node) ?? 0,
			});
		}
		adder.finish();
	}

	#add(node: number, bytes: number): void {
		this.#bytes.set(node, (this.#bytes.get(node) ?? 0) + bytes);
	}

	/** The nodes that are below a folder are next to each other: the bytes are taken away again where two neighbours meet. */
	#once(nodes: readonly number[], add: (node: number, sign: 1 | -1) => void): void {
		for (const [index, node] of nodes.entries()) {
			add(this.#tree.parents[node], 1);
			if (index > 0) add(this.#folderAbove(nodes[index - 1], node), -1);
		}
	}

	/** The deepest folder above two nodes, of which the first comes before the second. */
	#folderAbove(first: number, second: number): number {
		const { subtreeEnds, parents } = this.#tree;
		let folder = parents[first];
		while (subtreeEnds[folder] <= second) folder = parents[folder];
		return folder;
	}
}
