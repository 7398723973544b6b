import type { FileTree } from '../filetree/file-tree.ts';
import { CachedFinds } from './cached-finds.ts';
import type { Find } from './find.ts';
import { matchPattern } from './match-pattern.ts';
import { matchText } from './match-text.ts';
import { parsePattern } from './pattern/parse-pattern.ts';
import { plainText, requiredText } from './pattern/required-text.ts';
import { hasUpperCase, PATTERN_SIGN } from './text-test.ts';

interface TreeFinds {
	readonly texts: CachedFinds;
	readonly patterns: CachedFinds;
}

const known = new WeakMap<FileTree, TreeFinds>();

/** Looks for a part of the path, or after `~` for a regular expression. Throws `PatternError`. */
export function findPaths(tree: FileTree, text: string): Find {
	return text.startsWith(PATTERN_SIGN)
		? findPattern(tree, text.slice(PATTERN_SIGN.length))
		: findText(tree, text);
}

/** Looks for a text only in the matches of a cached prefix. */
function findText(tree: FileTree, needle: string): Find {
	const { texts } = findsOf(tree);
	return cached(texts, needle, () => matchText(tree, { needle, within: texts.longestBeginning(needle) }));
}

/** Tries a pattern only on the matches of a text that every match of the pattern contains. */
function findPattern(tree: FileTree, source: string): Find {
	return cached(findsOf(tree).patterns, source, () => {
		const pattern = parsePattern(source);
		const plain = plainText(pattern);
		if (plain !== null && plain !== '') return findText(tree, plain);
		const text = requiredText(pattern);
		const within = text === null ? null : findText(tree, text.toLowerCase()).nodes;
		const nodes = matchPattern(tree, { pattern, anyCase: !hasUpperCase(source), within });
		return { nodes, names: null };
	});
}

function findsOf(tree: FileTree): TreeFinds {
	let finds = known.get(tree);
	if (finds === undefined) {
		finds = { texts: new CachedFinds(), patterns: new CachedFinds() };
		known.set(tree, finds);
	}
	return finds;
}

function cached(finds: CachedFinds, text: string, find: () => Find): Find {
	const found = finds.get(text);
	if (found !== undefined) return found;
	const made = find();
	finds.set(text, made);
	return made;
}
