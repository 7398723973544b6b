import { describe, test } from 'node:test';
import { parseChallenges } from '../../../source/sources/registry/auth/challenge.ts';

describe('parseChallenges', () => {
	test('reads a scheme with quoted and plain parameters', (t) => {
		t.assert.deepEqual(parseChallenges('Bearer realm="https://a/token", Service=b,scope="x,y"'), [
			{ scheme: 'bearer', parameters: { realm: 'https://a/token', service: 'b', scope: 'x,y' } },
		]);
	});

	test('reads several challenges', (t) => {
		t.assert.deepEqual(
			parseChallenges('Negotiate, Basic realm="a \\"b\\"", Bearer realm = "c"').map(
				({ scheme, parameters }) => [scheme, parameters.realm],
			),
			[
				['negotiate', undefined],
				['basic', 'a "b"'],
				['bearer', 'c'],
			],
		);
	});

	test('makes nothing of nonsense', (t) => {
		t.assert.deepEqual(parseChallenges('="x"'), []);
		t.assert.deepEqual(parseChallenges(''), []);
	});
});
