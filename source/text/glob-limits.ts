const LONGEST_GLOB = 500;
/** `**` in a glob, `*` in one component of it, and alternatives in braces: the time to match a long path grows with the power of each. */
const MOST = 3;

/** What is wrong with a glob, without a full stop; null where nothing is. Its owner means well, but a path may be made to match it slowly. */
export function globFault(glob: string): string | null {
	if (glob.length > LONGEST_GLOB) return `a glob has at most ${LONGEST_GLOB} characters`;
	if (/^[./]*$/.test(glob)) return 'a glob names a path';
	if (glob.startsWith('!')) return 'a glob cannot be negated';
	if (hasOpenBracket(glob)) return 'a [ has no ]';
	if (countOf(glob, '**') > MOST) return `a glob has at most ${MOST} times **`;
	if (countOf(glob, '{') > MOST) return `a glob has at most ${MOST} times alternatives in braces`;
	const stars = glob.split('/').map((component) => countOf(component.replace(/\*+/g, '*'), '*'));
	return Math.max(...stars) > MOST ? `a glob has at most ${MOST} stars between two slashes` : null;
}

/** A `]` right behind the bracket, or behind the sign that negates it, is one of the characters meant (glob(7)). */
function hasOpenBracket(glob: string): boolean {
	const rest = glob.replace(/\\./gs, '_').replace(/\[[!^]?(?:\][^\]]*|[^\]]+)\]/g, '');
	return rest.includes('[');
}

function countOf(text: string, part: string): number {
	return text.split(part).length - 1;
}
