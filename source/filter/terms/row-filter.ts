import { broughtBy, contentBytesOf, describedBy, kindOfChange } from '../../filetree/brought-by.ts';
import { attributeOf } from '../../filetree/change-attributes.ts';
import { type FileTree, IMPLIED_DIRECTORY } from '../../filetree/file-tree.ts';
import { describingEntryOf } from '../../filetree/links.ts';
import type { Steps } from '../../steps.ts';
import { DIRECTORY } from '../../tar/changeset.ts';
import { findPaths } from '../find-paths.ts';
import { prepareNames } from '../searchable-names.ts';
import type { OwnerId, Term } from './terms.ts';

/** Whether a path is listed as a change left it, or for a removal as it was before. */
export type RowFilter = (node: number, change: number) => boolean;

/** Works out what a filter needs to know of a tree; a name of an owner finds nothing until it is resolved. Throws `PatternError` for a regular expression that cannot be used. */
export function* rowFilter(tree: FileTree, terms: readonly Term[]): Steps<RowFilter> {
	const tests: RowFilter[] = [];
	for (const term of terms) {
		const test = yield* testOf(tree, term);
		tests.push(term.isNegated ? (node, change) => !test(node, change) : test);
	}
	return (node, change) => tests.every((test) => test(node, change));
}

function* testOf(tree: FileTree, term: Term): Steps<RowFilter> {
	switch (term.kind) {
		case 'path':
			return yield* pathTest(tree, term.text);
		case 'size':
			return (_, change) => {
				const bytes = contentBytesOf(tree, change);
				return bytes >= term.least && bytes <= term.most;
			};
		case 'change':
			return (node, change) => term.changes.includes(kindOfChange(tree, broughtBy(tree, node, change)));
		case 'layer':
			return (node, change) => {
				const layer = tree.changeLayers[broughtBy(tree, node, change)];
				return layer >= term.first && layer <= term.last;
			};
		case 'owner':
			return (_, change) =>
				isOrAny(term.uid, attributeOf(tree, describedBy(tree, change), 'uids')) &&
				isOrAny(term.gid, attributeOf(tree, describedBy(tree, change), 'gids'));
		case 'type':
			return (_, change) => term.types.includes(entryKindOf(tree, describedBy(tree, change)));
	}
}

/** Whether a path contains a text, or matches a pattern; that of what is in a folder contains the path of the folder. */
function* pathTest(tree: FileTree, text: string): Steps<RowFilter> {
	yield* prepareNames(tree.names);
	const { nodes } = findPaths(tree, text);
	yield;
	const isMatch = new Uint8Array(tree.nodeCount);
	for (let index = 0; index < nodes.length; index++)
		isMatch.fill(1, nodes[index], tree.subtreeEnds[nodes[index]]);
	yield;
	return (node) => isMatch[node] === 1;
}

function isOrAny(wanted: OwnerId, given: number): boolean {
	return wanted === null || wanted === given;
}

/** The code of the kind of an entry, where a hard link to a file is a hard link. */
function entryKindOf(tree: FileTree, change: number): number {
	if (tree.changeEntries[change] === IMPLIED_DIRECTORY) return DIRECTORY;
	const { layerIndex, entry } = describingEntryOf(tree, change);
	return tree.changesets[layerIndex].kinds[entry];
}
