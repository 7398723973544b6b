import { patternRule } from './patterns/pattern-rule.ts';

/** Paths that the final file system must not have. */
export const forbid = patternRule({
	key: 'forbid',
	syntax: 'globs',
	summary: 'paths that must not be there',
	meaning: '`fathom ci` fails if [the final file system has a path](ci.md#what-is-in-the-image) that matches',
	what: 'paths of the final file system that match',
	unit: 'count',
	amountOf: ({ count }) => count,
	contentsOf: () => [],
});
