import type { FileTree } from '../../filetree/file-tree.ts';
import { nameOf } from '../../filetree/paths.ts';
import type { Steps } from '../../steps.ts';
import type { Units } from './claimed-units.ts';
import type { FindingMark, FoundFinding } from './finding.ts';

export interface MarkedFinding {
	readonly found: Pick<FoundFinding, 'code'>;
	readonly units: Units;
}

const PATHS_A_STEP = 64;

/** The positions of the marks that a finding bears. */
export function* marksOf(
	tree: FileTree,
	{ found, units }: MarkedFinding,
	marks: readonly FindingMark[],
): Steps<readonly number[]> {
	const borne: number[] = [];
	for (const [index, { code, matches }] of marks.entries()) {
		if (code !== null && code !== found.code) continue;
		if (matches === null || (yield* everyMatches(tree, units, matches))) borne.push(index);
	}
	return borne;
}

/** Whether there are files, and each of them or a folder around it matches. */
function* everyMatches(tree: FileTree, units: Units, matches: (path: string) => boolean): Steps<boolean> {
	const known = new Map<number, KnownPath>([[0, { path: '', isCovered: false }]]);
	for (let index = 0; index < units.count; index++)
		if (!(yield* isCovered(tree, units.nodeAt(index), { known, matches }))) return false;
	return units.count > 0;
}

interface KnownPath {
	readonly path: string;
	/** Whether it or a folder around it matches. */
	readonly isCovered: boolean;
}

interface Covering {
	readonly known: Map<number, KnownPath>;
	readonly matches: (path: string) => boolean;
}

/** From the deepest folder that is known down to a node: a path may have as many folders as an image has paths. */
function* isCovered(tree: FileTree, node: number, { known, matches }: Covering): Steps<boolean> {
	const way: number[] = [];
	let parent = known.get(node);
	for (let current = node; parent === undefined; parent = known.get(current)) {
		way.push(current);
		current = tree.parents[current];
	}
	for (const [index, current] of way.reverse().entries()) {
		if (index % PATHS_A_STEP === 0) yield;
		const name = nameOf(tree, current);
		const path: string = parent.path === '' ? name : `${parent.path}/${name}`;
		parent = { path, isCovered: parent.isCovered || matches(path) };
		known.set(current, parent);
	}
	return parent.isCovered;
}
