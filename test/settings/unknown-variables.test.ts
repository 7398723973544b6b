import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unknownVariables } from '../../source/settings/unknown-variables.ts';

test('a variable that is no setting is told, with the one that was meant', () => {
	assert.deepEqual(unknownVariables({ FATHOM_LOWEST_EFICIENCY: '0.9', FATHOM_base: '1', FATHOM_X9: '1' }), [
		'The variable FATHOM_LOWEST_EFICIENCY is no setting and is ignored. Did you mean FATHOM_LOWEST_EFFICIENCY?',
		'The variable FATHOM_X9 is no setting and is ignored.',
		'The variable FATHOM_base is no setting and is ignored. Did you mean FATHOM_BASE?',
	]);
});

test('settings, what is empty, what developers set and what is not of fathom are not told', () => {
	const known = [
		'FATHOM_CONFIG',
		'FATHOM_PASSWORD',
		'FATHOM_USERNAME',
		'FATHOM_CACHE_DIR',
		'FATHOM_MAX_PULL',
	];
	const others = ['FATHOM_TEST_RUNS', 'FATHOM_BENCH_IMAGES', 'FATHOMLESS', 'PATH'];
	assert.deepEqual(
		unknownVariables(Object.fromEntries([...known, ...others].map((name) => [name, 'x']))),
		[],
	);
	assert.deepEqual(unknownVariables({ FATHOM_EMPTY: '' }), []);
});
