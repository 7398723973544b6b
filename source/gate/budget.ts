import { isPackagePattern } from './patterns/package-pattern.ts';
import { patternRule } from './patterns/pattern-rule.ts';

/** How large paths or packages of the final file system may be. */
export const budget = patternRule({
	key: 'budget',
	syntax: 'budgets',
	summary: 'size of paths or packages',
	meaning:
		'`fathom ci` fails if [the paths or packages that match](ci.md#what-is-in-the-image) are larger together',
	what: 'bytes of the final file system that match',
	unit: 'bytes',
	amountOf: ({ bytes }) => bytes,
	contentsOf: ({ patterns }) =>
		patterns.some(({ pattern }) => isPackagePattern(pattern)) ? ['packages'] : [],
});
