import type { FileTree } from '../../filetree/file-tree.ts';
import type { Steps } from '../../steps.ts';
import { stringAt } from '../../tar/changeset.ts';
import { NOBODY } from './owners.ts';
import { latin1Of, type PathResolver } from './path-resolver.ts';

const CACHE_FOLDER = '__pycache__';
const NODES_A_STEP = 8192;

/**
 * Gives what Python compiled and no package lists to the owner of its source: `__pycache__/NAME.cpython-311.pyc` to that of `NAME.py` beside the
 * folder (PEP 3147). Changes `owners`.
 */
export function* ownCompiledFiles(tree: FileTree, owners: Int32Array, resolver: PathResolver): Steps<void> {
	for (let folder = 0; folder < tree.nodeCount; folder++) {
		if (folder % NODES_A_STEP === NODES_A_STEP - 1) yield;
		if (tree.subtreeEnds[folder] === folder + 1 || nameOf(tree, folder) !== CACHE_FOLDER) continue;
		for (let node = folder + 1; node < tree.subtreeEnds[folder]; node = tree.subtreeEnds[node]) {
			if (owners[node] !== NOBODY) continue;
			const [, module] = /^([^.]+)\..*\.pyc$/.exec(nameOf(tree, node)) ?? [];
			const source = module === undefined ? null : resolver.child(tree.parents[folder], `${module}.py`);
			if (source !== null) owners[node] = owners[source];
		}
	}
}

function nameOf({ names }: FileTree, node: number): string {
	return latin1Of(stringAt(names, node));
}
