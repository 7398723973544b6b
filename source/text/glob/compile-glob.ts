import type { GlobPart } from './parse-glob.ts';
import type { SetPart } from './parse-set.ts';

/** A step of a nondeterministic automaton over code points. */
export type GlobStep =
	| { readonly kind: 'take'; readonly taken: number | SetPart; readonly next: GlobStep }
	| { readonly kind: 'fork'; readonly ways: readonly GlobStep[] }
	| { readonly kind: 'match' };

const SLASH = 0x2f;
const anyOfName: SetPart = { kind: 'set', ranges: [], isNegated: true };

/** Thompson's construction, from the end of the glob to its start. Returns the first step. */
export function compileGlob(parts: readonly GlobPart[], next: GlobStep = { kind: 'match' }): GlobStep {
	return parts.reduceRight<GlobStep>((following, part) => compilePart(part, following), next);
}

function compilePart(part: GlobPart, next: GlobStep): GlobStep {
	switch (part.kind) {
		case 'character':
			return take(part.codePoint, next);
		case 'set':
			return take(part, next);
		case 'run':
			return run(next);
		case 'folders':
			return compileFolders(part.slash, next);
		case 'choice':
			return { kind: 'fork', ways: part.options.map((option) => compileGlob(option, next)) };
	}
}

function compileFolders(slash: Extract<GlobPart, { kind: 'folders' }>['slash'], next: GlobStep): GlobStep {
	switch (slash) {
		case 'before':
			return loop(next, (again) => [take(SLASH, run(again))]);
		case 'behind':
			return loop(next, (again) => [take(anyOfName, run(take(SLASH, again)))]);
		case 'everything':
			return loop(next, (again) => [take(anyOfName, again), take(SLASH, again)]);
	}
}

function run(next: GlobStep): GlobStep {
	return loop(next, (again) => [take(anyOfName, again)]);
}

function take(taken: number | SetPart, next: GlobStep): GlobStep {
	return { kind: 'take', taken, next };
}

/** Any number of times one of the steps that `bodies` gives, which take at least one character and lead back. */
function loop(next: GlobStep, bodies: (again: GlobStep) => readonly GlobStep[]): GlobStep {
	const ways = [next];
	const again: GlobStep = { kind: 'fork', ways };
	ways.push(...bodies(again));
	return again;
}
