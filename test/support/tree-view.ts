import { compare } from '../../source/filetree/compare.ts';
import { changeAt, changedCountAt, kindAt } from '../../source/filetree/comparison.ts';
import {
	changeKinds,
	type FileTree,
	IMPLIED_DIRECTORY,
	NO_ENTRY,
	wasteCauses,
} from '../../source/filetree/file-tree.ts';
import { findContent } from '../../source/filetree/find-content.ts';
import { kindOfEntry } from '../../source/filetree/links.ts';
import { bytesAt, lostAt, shippedAt } from '../../source/filetree/node-amounts.ts';
import { entryKinds, stringAt } from '../../source/tar/changeset.ts';
import type { PlainChange, PlainWaste } from './plain/plain-figures.ts';
import { order } from './plain/plain-figures.ts';

/*
 * What the program's tree says, as plain lists of text that can be compared with what the plain model says. Paths have one character
 * a byte.
 */

/** `path kind mode uid gid bytes content` of everything that is there after `point` layers, sorted. */
export function stateOf(tree: FileTree, point: number): readonly string[] {
	const rows: string[] = [];
	for (let node = 1; node < tree.nodeCount; node++) {
		const change = lastChangeBefore(tree, node, point);
		if (change === -1 || tree.changeEntries[change] === NO_ENTRY) continue;
		rows.push(
			`${rawPath(tree, node)} ${describeChange(tree, change)} ${describeContent(tree, node, point - 1)}`,
		);
	}
	return rows.sort(order);
}

/** `BYTES from LAYER` of a file; an empty one is from nowhere. */
function describeContent(tree: FileTree, node: number, layer: number): string {
	const content = findContent(tree, node, layer);
	if (content.kind === 'empty') return 'empty';
	if (content.kind !== 'file') return 'no file';
	const bytes = tree.changesets[content.layerIndex].sizes[content.entry];
	return bytes === 0 ? 'empty' : `${bytes} from ${content.layerIndex}`;
}

/** The change that each path of a layer has, by path. */
export function changesOfLayer(tree: FileTree, layer: number): ReadonlyMap<string, PlainChange> {
	const changes = new Map<string, PlainChange>();
	const [start, end] = [tree.layerChangeStarts[layer], tree.layerChangeStarts[layer + 1]];
	for (const change of tree.layerChanges.subarray(start, end)) {
		const kind = changeKinds[tree.changeKindCodes[change]];
		if (kind === 'absent') throw new Error('a touch that is no change and no state');
		if (kind !== 'unchanged') changes.set(rawPath(tree, nodeOfChange(tree, change)), kind);
	}
	return changes;
}

export interface ComparisonRow {
	readonly path: string;
	readonly kind: string;
	/** What the change of the comparison leads to; null for none. */
	readonly described: string | null;
	readonly bytes: number;
	readonly shipped: number;
	readonly lost: number;
	readonly changedCount: number;
}

/** Every node but the root of a comparison, sorted by path; paths that are there at neither point are left out. */
export function comparisonRows(tree: FileTree, from: number, to: number): readonly ComparisonRow[] {
	const comparison = compare(tree, from, to);
	const rows: ComparisonRow[] = [];
	for (let node = 1; node < tree.nodeCount; node++) {
		const change = changeAt(comparison, node);
		if (change === -1) continue;
		rows.push({
			path: rawPath(tree, node),
			kind: changeKinds[kindAt(comparison, node)],
			described: describeChange(tree, change),
			bytes: bytesAt(comparison, node),
			shipped: shippedAt(comparison, node),
			lost: lostAt(comparison, node),
			changedCount: changedCountAt(comparison, node),
		});
	}
	return rows.sort((one, other) => order(one.path, other.path));
}

/** Every dead inode, in the order of the plain model. */
export function wasteOfTree({ waste, ...tree }: FileTree): readonly PlainWaste[] {
	return Array.from({ length: waste.count }, (_, index) => ({
		path: rawPath({ waste, ...tree }, waste.nodes[index]),
		bytes: waste.bytes[index],
		layer: waste.layers[index],
		culprit: waste.culprits[index],
		cause: wasteCauses[waste.causes[index]],
	})).sort(orderOfWaste);
}

export function orderOfWaste(one: PlainWaste, other: PlainWaste): number {
	return (
		order(one.path, other.path) ||
		one.layer - other.layer ||
		one.culprit - other.culprit ||
		one.bytes - other.bytes ||
		order(one.cause, other.cause)
	);
}

/** What is wrong with the order and the links between nodes; empty for a tree as it should be. */
export function disorderOf(tree: FileTree): readonly string[] {
	const faults: string[] = [];
	for (let node = 1; node < tree.nodeCount; node++) {
		const parent = tree.parents[node];
		const end = tree.subtreeEnds[node];
		if (!(parent >= 0 && parent < node)) faults.push(`node ${node}: parent ${parent}`);
		if (!(end > node && end <= tree.subtreeEnds[parent])) faults.push(`node ${node}: subtree ends at ${end}`);
		const sibling = end < tree.subtreeEnds[parent] ? end : -1;
		if (sibling === -1) continue;
		if (tree.parents[sibling] !== parent) faults.push(`node ${sibling}: not a child of ${parent}`);
		const names = [node, sibling].map((each) => stringAt(tree.names, each));
		if (Buffer.compare(names[0], names[1]) >= 0)
			faults.push(`nodes ${node} and ${sibling}: names out of order`);
	}
	return faults;
}

/** The changes of one node that have equal content, as lists of layers. */
export function contentClassesOf(tree: FileTree, node: number): ReadonlyMap<number, number[]> {
	const classes = new Map<number, number[]>();
	for (let change = tree.changeStarts[node]; change < tree.changeStarts[node + 1]; change++) {
		const content = tree.changeContents[change];
		classes.set(content, [...(classes.get(content) ?? []), tree.changeLayers[change]]);
	}
	return classes;
}

/** The path of a node, one character a byte. */
export function rawPath(tree: FileTree, node: number): string {
	const names: string[] = [];
	for (let at = node; at > 0; at = tree.parents[at]) {
		names.push(Buffer.from(stringAt(tree.names, at)).toString('latin1'));
	}
	return names.reverse().join('/');
}

function lastChangeBefore(tree: FileTree, node: number, point: number): number {
	let last = -1;
	for (let change = tree.changeStarts[node]; change < tree.changeStarts[node + 1]; change++) {
		if (tree.changeLayers[change] < point) last = change;
	}
	return last;
}

function nodeOfChange(tree: FileTree, change: number): number {
	let node = 0;
	while (tree.changeStarts[node + 1] <= change) node += 1;
	return node;
}

function describeChange(tree: FileTree, change: number): string {
	const entry = tree.changeEntries[change];
	if (entry === NO_ENTRY) return 'nothing';
	if (entry === IMPLIED_DIRECTORY) return 'implied 755 0 0 0';
	const { modes, uids, gids } = tree.changesets[tree.changeLayers[change]];
	const attributes = [modes[entry].toString(8), uids[entry], gids[entry], tree.changeBytes[change]];
	return [entryKinds[kindOfEntry(tree, change)], ...attributes].join(' ');
}
