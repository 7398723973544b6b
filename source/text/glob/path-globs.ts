import { compileGlob } from './compile-glob.ts';
import { GlobAutomaton } from './glob-automaton.ts';
import { parseGlob } from './parse-glob.ts';

/** A path is matched for each of the folders above it too: with longer ones, an image could make that take for ever. */
const LONGEST_PATH = 4096;

/**
 * Whether any of some globs matches a path, which is without a leading slash. A glob is anchored at the root: `*` is within one component,
 * and `**` any number of components. Names that begin with a dot are like any others, and a path that is spelled like a glob matches it.
 * `globFault` has found nothing wrong with them. No path of more than 4096 characters matches.
 */
export function globMatcher(globs: readonly string[]): (path: string) => boolean {
	const spelled = new Set(globs.map((glob) => glob.replace(/^\/+|\/+$/g, '')));
	const automata = globs.map((glob) => new GlobAutomaton(compileGlob(parseGlob(glob))));
	return (path) =>
		path.length <= LONGEST_PATH &&
		(spelled.has(path) || automata.some((automaton) => automaton.matches(path)));
}
