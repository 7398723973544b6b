import picomatch from 'picomatch';

/** Longer paths and names are in no file system, and would take a pattern with several stars too long. */
const LONGEST_PATH = 4096;
const LONGEST_NAME = 255;

/**
 * Whether any of some globs matches a path, which is without a leading slash. A glob is anchored at the root: `*` is within one component,
 * and `**` any number of components. Names that begin with a dot are like any others. `globFault` has found nothing wrong with them.
 */
export function globMatcher(globs: readonly string[]): (path: string) => boolean {
	const matchers = globs.map((glob) =>
		picomatch(plainGlob(glob), {
			dot: true,
			noextglob: true,
			nonegate: true,
			windows: false,
		}),
	);
	return (path) => isOrdinary(path) && matchers.some((matches) => matches(path));
}

/** A regular expression is no part of a glob here: `app (1).txt` is a name, and `(a+)+` would take for ever. */
function plainGlob(glob: string): string {
	const bare = glob.replace(/^\/+/, '').replace(/(?<=.)\/+$/, '');
	return bare.replace(/\\.|[()+|]/gs, (part) => (part.length === 2 ? part : `\\${part}`));
}

function isOrdinary(path: string): boolean {
	return path.length <= LONGEST_NAME || (path.length <= LONGEST_PATH && path.split('/').every(isShortName));
}

function isShortName(name: string): boolean {
	return name.length <= LONGEST_NAME;
}
