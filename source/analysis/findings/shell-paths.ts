import type { FileTree } from '../../filetree/file-tree.ts';
import { pathOf } from '../../filetree/paths.ts';
import { shellWord } from '../../text/shell-word.ts';

/** More paths make no line that one would paste. */
const MOST_PATHS = 4;

/** Paths as words for a shell; null where they are many or would not come back from a Dockerfile as they are. */
export function shellPaths(tree: FileTree, nodes: Iterable<number>): string | null {
	const words: string[] = [];
	for (const node of nodes) {
		const path = `/${pathOf(tree, node)}`;
		if (words.length === MOST_PATHS || !isPlainText(path)) return null;
		words.push(shellWord(path));
	}
	return words.join(' ');
}

/** Control characters end an instruction, and bytes that are no text have no spelling in it. */
function isPlainText(path: string): boolean {
	return /^[\x20-\x7e]+$/.test(path);
}
