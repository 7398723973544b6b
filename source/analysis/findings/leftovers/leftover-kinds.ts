import type { FileTree } from '../../../filetree/file-tree.ts';
import type { Steps } from '../../../steps.ts';
import { stringAt } from '../../../tar/changeset.ts';
import { latin1Of } from '../../packages/path-resolver.ts';
import { cacheRules } from './cache-rules.ts';
import { leftoverRules } from './leftover-rules.ts';
import { NameFilter } from './name-filter.ts';
import { compilePatterns, type PatternPoint, pointsOf } from './path-patterns.ts';

/** The code in `LeftoverKinds` of what is no leftover. */
export const NO_LEFTOVER = 0;

/** Of each node 1 + the position of its rule in the table, whether the final file system has it or not; `NO_LEFTOVER` for the others. */
export type LeftoverKinds = Uint8Array;

const NODES_A_STEP = 2048;
const patterns = compilePatterns(leftoverRules.map(({ paths }) => paths));
const anywhere = new NameFilter(patterns.anywhere);
/** By a column that belongs to one tree. Several rules ask. */
const known = new WeakMap<Int32Array, LeftoverKinds>();

/** Finds what the table of leftovers has, in one pass from folders to what is in them. */
export function* leftoverKindsOf(tree: FileTree): Steps<LeftoverKinds> {
	const kinds = known.get(tree.parents) ?? (yield* findKinds(tree));
	known.set(tree.parents, kinds);
	return kinds;
}

/** Whether a leftover is a cache of a package manager or a compiler. */
export function isCache(kind: number): boolean {
	return kind !== NO_LEFTOVER && cacheRules.includes(leftoverRules[kind - 1]);
}

/** A folder in which patterns stand that began above it. */
interface OpenFolder {
	readonly end: number;
	readonly points: readonly PatternPoint[];
}

function* findKinds({ nodeCount, subtreeEnds, names }: FileTree): Steps<LeftoverKinds> {
	const kinds = new Uint8Array(nodeCount);
	const open: OpenFolder[] = [{ end: nodeCount, points: [patterns.root] }];
	let visited = 0;
	for (let node = 1; node < nodeCount; ) {
		if (++visited % NODES_A_STEP === 0) yield;
		while (open[open.length - 1].end <= node) open.pop();
		const { points } = open[open.length - 1];
		const isIn = points.length > 0;
		if (!isIn && !anywhere.mayHave(names, node)) {
			node += 1;
			continue;
		}
		const next = pointsOf([...points, patterns.anywhere], latin1Of(stringAt(names, node)));
		const rule = next.reduce((least, point) => Math.min(least, point.rule ?? Infinity), Infinity);
		const end = subtreeEnds[node];
		if (rule === Infinity) {
			if (end > node + 1 && (isIn || next.length > 0)) open.push({ end, points: next });
			node += 1;
		} else {
			kinds.fill(rule + 1, node, end);
			node = end;
		}
	}
	return kinds;
}
