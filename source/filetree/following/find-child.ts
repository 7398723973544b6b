import { inParts, type Steps } from '../../steps.ts';
import { stringAt } from '../../tar/changeset.ts';
import { escapePath } from '../../text/escape.ts';
import type { FileTree } from '../file-tree.ts';
import { nameOf } from '../paths.ts';

const CHILDREN_A_STEP = 2048;

/** The nodes in a folder, in the order of their names. */
export function* childrenOf({ subtreeEnds }: FileTree, folder: number): Steps<readonly number[]> {
	const children: number[] = [];
	for (let child = folder + 1; child < subtreeEnds[folder]; child = subtreeEnds[child]) {
		children.push(child);
		if (children.length % CHILDREN_A_STEP === 0) yield;
	}
	return children;
}

/**
 * The node that has a name as a user writes it, or null: as the name is, or as fathom prints it, with `\xHH` and `\u{HHHH}`. A name that is
 * exactly as written comes before one that is printed so.
 */
export function* childCalled(
	tree: FileTree,
	children: readonly number[],
	name: string,
): Steps<number | null> {
	const exact = yield* childNamed(tree, children, Buffer.from(name));
	if (exact !== null || !name.includes('\\')) return exact;
	return yield* firstOf(children, (child) => {
		const decoded = nameOf(tree, child);
		return decoded === name || escapePath(decoded) === name;
	});
}

/** The node that has exactly this name, or null. */
export function childNamed(
	tree: FileTree,
	children: readonly number[],
	name: Uint8Array,
): Steps<number | null> {
	const bytes = Buffer.from(name.buffer, name.byteOffset, name.length);
	return firstOf(children, (child) => bytes.equals(stringAt(tree.names, child)));
}

function* firstOf(children: readonly number[], matches: (child: number) => boolean): Steps<number | null> {
	let found: number | null = null;
	yield* inParts(children.length, CHILDREN_A_STEP, (from, to) => {
		for (let index = from; index < to && found === null; index++)
			if (matches(children[index])) found = children[index];
	});
	return found;
}
