import { describe, test } from 'node:test';
import { type AmountUnit, parseAge, parseDuration, parseLimit } from '../../source/settings/limits.ts';

describe('a limit as people write it', () => {
	const understood: readonly (readonly [AmountUnit, string, number | null])[] = [
		['ratio', '0.9', 0.9],
		['ratio', '.9', 0.9],
		['ratio', '90%', 0.9],
		['ratio', '90 %', 0.9],
		['ratio', '99.5%', 0.995],
		['ratio', '0.7%', 0.007],
		['ratio', '1', 1],
		['ratio', '0', 0],
		['ratio', 'off', null],
		['percent', '10%', 0.1],
		['percent', '7%', 0.07],
		['percent', '0.1', 0.1],
		['percent', '0', 0],
		['percent', '100%', 1],
		['percent', 'OFF', null],
		['bytes', '20000000', 20_000_000],
		['bytes', '0', 0],
		['bytes', '20MB', 20_000_000],
		['bytes', '20 MB', 20_000_000],
		['bytes', '20mb', 20_000_000],
		['bytes', '20M', 20_000_000],
		['bytes', '20MiB', 20_971_520],
		['bytes', '1.5 GiB', 1_610_612_736],
		['bytes', '1.1 MB', 1_100_000],
		['bytes', '512B', 512],
		['bytes', '4kB', 4000],
		['bytes', '1 TB', 1e12],
		['bytes', ' off ', null],
	];
	for (const [unit, text, value] of understood) {
		test(`${unit}: ${text} is ${value ?? 'off'}`, (t) => {
			t.assert.deepEqual(parseLimit(unit, text), { ok: true, value });
		});
	}
});

describe('an invalid limit', () => {
	const invalid: readonly (readonly [AmountUnit, string])[] = [
		['ratio', 'high'],
		['ratio', ''],
		['ratio', '%'],
		['ratio', '1.1'],
		['ratio', '90'],
		['ratio', '101%'],
		['ratio', '-0.1'],
		['ratio', '0,9'],
		['ratio', '1e-1'],
		['ratio', 'Infinity'],
		['percent', '10'],
		['bytes', '-1'],
		['bytes', '1.5'],
		['bytes', '1.5B'],
		['bytes', '20 XB'],
		['bytes', '20constructor'],
		['bytes', 'MB'],
		['bytes', '1.2.3MB'],
		['bytes', '10000000 TB'],
		['bytes', '10%'],
	];
	for (const [unit, text] of invalid) {
		test(`${unit}: ${JSON.stringify(text)}`, (t) => {
			t.assert.equal(parseLimit(unit, text).ok, false);
		});
	}

	test('a bare 1 as a percentage, which could mean 1 % or 100 %', (t) => {
		t.assert.deepEqual(parseLimit('percent', '1'), {
			ok: false,
			expected: 'a percentage such as 10%, a ratio below 1 such as 0.1, or off',
		});
	});
});

describe('a duration', () => {
	const durations: readonly (readonly [string, number | null])[] = [
		['30s', 30],
		[' 5 M ', 300],
		['1h', 3600],
		['off', null],
	];
	for (const [text, value] of durations) {
		test(JSON.stringify(text), (t) => {
			t.assert.deepEqual(parseDuration(text), { ok: true, value });
		});
	}

	for (const text of ['', '7', 's', '1.5s', '0s', '-1s', '7d', '9999999s', 'soon']) {
		test(`is not ${JSON.stringify(text)}`, (t) => {
			t.assert.deepEqual(parseDuration(text), {
				ok: false,
				expected: 'a time such as 30s, 5m or 1h, or off',
			});
		});
	}
});

describe('an age', () => {
	const ages: readonly (readonly [string, number | null])[] = [
		['12h', 43_200],
		['30d', 2_592_000],
		[' 8 W ', 4_838_400],
		['0d', 0],
		['off', null],
	];
	for (const [text, value] of ages) {
		test(JSON.stringify(text), (t) => {
			t.assert.deepEqual(parseAge(text), { ok: true, value });
		});
	}

	for (const text of ['', '7', 'd', '1.5d', '-1d', '7m', '9999999d', 'soon']) {
		test(`is not ${JSON.stringify(text)}`, (t) => {
			t.assert.deepEqual(parseAge(text), { ok: false, expected: 'an age such as 12h, 30d or 8w, or off' });
		});
	}
});
