import { describe, test } from 'node:test';
import { suggest } from '../../source/settings/command-line/suggest.ts';

describe('a misspelt word', () => {
	const words = ['report', 'demo', 'ci', 'platform', 'lowest-efficiency'];
	const cases: readonly (readonly [string, string | null])[] = [
		['reprot', 'report'],
		['raport', 'report'],
		['Report', 'report'],
		['demp', 'demo'],
		['ic', 'ci'],
		['plattform', 'platform'],
		['lowest-eficency', 'lowest-efficiency'],
		['nginx', null],
		['', null],
		['x'.repeat(100_000), null],
	];
	for (const [word, expected] of cases) {
		test(`${word.slice(0, 20)} is taken for ${expected ?? 'no word we know'}`, (t) => {
			t.assert.equal(suggest(word, words), expected);
		});
	}
});
