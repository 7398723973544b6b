import { type FileTree, IMPLIED_DIRECTORY, NO_ENTRY } from '../../../filetree/file-tree.ts';
import { describingEntryOf, kindOfEntry } from '../../../filetree/links.ts';
import { nameOf, pathOf } from '../../../filetree/paths.ts';
import type { Steps } from '../../../steps.ts';
import { DIRECTORY, SYMLINK, stringAt } from '../../../tar/changeset.ts';
import { latin1Of, PathResolver } from '../../packages/path-resolver.ts';
import type { FoundFinding, RuleInput } from '../finding.ts';
import { nameOfLayer } from '../name-of-layer.ts';

const NODES_A_STEP = 4096;
/** Beside the root, the folders in which distributions have symlinks to folders. */
const systemFolders: ReadonlySet<string> = new Set(['usr', 'var']);

/** Symlinks to folders, such as `/lib`, in whose place a layer puts a directory: what is behind the link is not found by that path any more. */
export function* findReplacedFolders(input: RuleInput): Steps<readonly FoundFinding[]> {
	const { tree } = input;
	const resolver = new PathResolver(tree);
	const byLayer = new Map<number, number[]>();
	for (let node = 1; node < tree.nodeCount; node++) {
		if (node % NODES_A_STEP === 0) yield;
		const last = tree.changeStarts[node + 1] - 1;
		if (last === tree.changeStarts[node]) continue;
		const change = replacingChange(tree, node, last);
		if (change === null) continue;
		if (
			!isImplied(tree, change) &&
			!(isSystemFolder(tree, node) && leadsToFiles(tree, resolver, { node, change }))
		)
			continue;
		const nodes = byLayer.get(tree.changeLayers[change]) ?? [];
		byLayer.set(tree.changeLayers[change], nodes);
		nodes.push(node);
	}
	return [...byLayer].map(([layer, nodes]) => describe(input, layer, nodes));
}

/** The change by which a symlink became the directory that it is still; null where none did. */
function replacingChange(tree: FileTree, node: number, last: number): number | null {
	const { changeEntries, changeStarts } = tree;
	for (let change = last; change > changeStarts[node]; change--) {
		if (changeEntries[change] === NO_ENTRY || kindOfEntry(tree, change) !== DIRECTORY) return null;
		if (changeEntries[change - 1] === NO_ENTRY) return null;
		if (kindOfEntry(tree, change - 1) === SYMLINK) return change;
	}
	return null;
}

/** Whether no layer asked for a directory there: only for something in it. */
function isImplied({ changeEntries }: FileTree, change: number): boolean {
	return changeEntries[change] === IMPLIED_DIRECTORY;
}

/** A directory in the place of a link may be on purpose, but not there. */
function isSystemFolder(tree: FileTree, node: number): boolean {
	const parent = tree.parents[node];
	return parent === 0 || (tree.parents[parent] === 0 && systemFolders.has(nameOf(tree, parent)));
}

function leadsToFiles(
	tree: FileTree,
	resolver: PathResolver,
	{ node, change }: { readonly node: number; readonly change: number },
): boolean {
	const { layerIndex, entry } = describingEntryOf(tree, change - 1);
	const target = latin1Of(stringAt(tree.changesets[layerIndex].targets, entry));
	const parent = pathOf(tree, tree.parents[node]);
	const folder = resolver.findDirectory(target.startsWith('/') ? target : `${parent}/${target}`);
	return folder !== null && folder !== node && tree.subtreeEnds[folder] > folder + 1;
}

function describe(input: RuleInput, layer: number, nodes: readonly number[]): FoundFinding {
	const [first] = nodes;
	const more = nodes.length > 1 ? ` and ${nodes.length - 1} more` : '';
	return {
		code: 'folder-replaced',
		level: 'risk',
		title: `${nameOfLayer(input, layer)} puts a directory in the place of the symlink /${pathOf(input.tree, first)}${more}`,
		claim: { kind: 'nothing', nodes },
		shippedIn: null,
		wastedIn: layer,
		advice: {
			text: 'Put the files where the symlink leads, such as into /usr/lib in place of /lib: by the path of the symlink, only what this layer has is found.',
			edit: null,
		},
	};
}
