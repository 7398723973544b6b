import { disorderedRange, SET_SOURCE } from './parse-set.ts';

const LONGEST_GLOB = 500;
/** `**` in a glob, `*` in one component of it, and alternatives in braces: what a path can lead to grows with the power of each. */
const MOST = 3;

/** What is wrong with a glob, without a full stop; null where nothing is. A glob that can match nothing is one that was meant otherwise. */
export function globFault(glob: string): string | null {
	if (glob.length > LONGEST_GLOB) return `a glob has at most ${LONGEST_GLOB} characters`;
	if (/^[./]*$/.test(glob)) return 'a glob names a path';
	if (glob.startsWith('!')) return 'a glob cannot be negated';
	if (/(?:^|\/)\.\.(?:\/|$)/.test(glob)) return 'a component .. is in no path';
	const bare = withoutSets(glob);
	if (bare.includes('[')) return 'a [ has no ]';
	const disordered = setsOf(glob)
		.map(disorderedRange)
		.find((range) => range !== null);
	if (disordered !== undefined) return `the range ${disordered} ends before it begins`;
	if (hasOpenBrace(bare)) return 'a { has no }';
	if (countOf(glob, '**') > MOST) return `a glob has at most ${MOST} times **`;
	if (countOf(glob, '{') > MOST) return `a glob has at most ${MOST} times alternatives in braces`;
	const stars = glob.split('/').map((component) => countOf(component.replace(/\*+/g, '*'), '*'));
	return Math.max(...stars) > MOST ? `a glob has at most ${MOST} stars between two slashes` : null;
}

const ESCAPED_OR_SET = new RegExp(`\\\\.|(${SET_SOURCE})`, 'gsu');

function withoutSets(glob: string): string {
	return glob.replace(ESCAPED_OR_SET, '_');
}

function setsOf(glob: string): readonly string[] {
	return [...glob.matchAll(ESCAPED_OR_SET)].flatMap(([, set]) => set ?? []);
}

/** A `}` by itself is that character, as in a shell. */
function hasOpenBrace(bare: string): boolean {
	let open = 0;
	for (const character of bare) {
		if (character === '{') open += 1;
		else if (character === '}') open = Math.max(0, open - 1);
	}
	return open > 0;
}

function countOf(text: string, part: string): number {
	return text.split(part).length - 1;
}
