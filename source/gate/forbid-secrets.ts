import type { Finding, Measure, PatternMatch, Rule, RuleInput } from './rule.ts';

/** What the rule has its matches by: what looks secret, and of that what is likely an example, which only warns. */
export const secretMatches = { secrets: 'secrets', examples: 'likely examples' } as const;

/** Files that look secret: in the final file system, or deleted and still in a layer. */
const measure: Measure<never> = {
	name: null,
	unit: 'count',
	what: 'files of all layers that look secret',
	countsStoredBytes: false,
	measure: ({ matches }) => {
		const { count, obstacle } = matches.get(secretMatches.secrets) ?? none;
		return { value: count, ...(count === 0 && obstacle !== undefined && { obstacle }) };
	},
	check: (input, limit) => [
		...findingOf(input, limit, { key: secretMatches.secrets, level: 'fail' }),
		...findingOf(input, limit, { key: secretMatches.examples, level: 'warn' }),
	],
};

const none: PatternMatch = { count: 0, bytes: 0, examples: [] };

function findingOf(
	{ matches }: RuleInput<never>,
	limit: number,
	{ key, level }: { readonly key: string } & Pick<Finding, 'level'>,
): readonly Finding[] {
	const { count, examples } = matches.get(key) ?? none;
	if (count <= limit) return [];
	const pattern = key === secretMatches.secrets ? null : key;
	const where = { kind: 'pattern', pattern, count, examples } as const;
	return [{ what: measure.what, where, value: count, limit, unit: 'count', level }];
}

export const forbidSecrets: Rule<'forbid-secrets', never> = {
	key: 'forbid-secrets',
	syntax: 'absence',
	bound: 'highest',
	defaultLimit: null,
	summary: 'files that look secret',
	isAboutChange: false,
	needs: [],
	measures: [measure],
	patterns: {
		measuresOf: () => [{ measure, limit: 0 }],
		contentsOf: () => ['secrets'],
		meaning:
			'`fathom ci` fails if a file [looks secret](ci.md#what-is-in-the-image), in the final file system or in a layer that it was deleted from',
	},
};
