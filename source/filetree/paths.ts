import { stringAt } from '../tar/changeset.ts';
import { decodeName } from '../text/decode-name.ts';
import type { PathTree } from './file-tree.ts';

/** The name of a node as text, not yet escaped for a terminal. Empty for the root. */
export function nameOf(tree: Pick<PathTree, 'names'>, node: number): string {
	return decodeName(stringAt(tree.names, node));
}

/** The path of a node as text without a leading slash, not yet escaped for a terminal. Empty for the root. */
export function pathOf(tree: Pick<PathTree, 'names' | 'parents'>, node: number): string {
	const names: string[] = [];
	for (let current = node; current > 0; current = tree.parents[current]) names.push(nameOf(tree, current));
	return names.reverse().join('/');
}
