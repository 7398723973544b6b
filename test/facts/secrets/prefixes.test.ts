import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { MOST_HITS, type Prefix } from '../../../source/facts/secrets/prefixes/prefix.ts';
import { PrefixSearch } from '../../../source/facts/secrets/prefixes/prefix-search.ts';

const prefix: fc.Arbitrary<Prefix> = fc.record({
	text: fc.string({ unit: fc.constantFrom('a', 'b', 'c', '_', ':', '/'), minLength: 3, maxLength: 8 }),
	follows: fc.oneof(fc.nat(6), fc.constant<'user-info'>('user-info')),
});
const prefixes = fc.uniqueArray(prefix, { selector: ({ text }) => text, minLength: 1, maxLength: 40 });

function bothWays(list: readonly Prefix[], content: Uint8Array) {
	return [true, false].map((withWebAssembly) =>
		[...new PrefixSearch(list, { withWebAssembly, plainBytes: 0 }).find(content)].sort(
			(left, right) => left.offset - right.offset || left.prefix - right.prefix,
		),
	);
}

describe('the search for prefixes', () => {
	test('finds the same with and without WebAssembly', () => {
		const part = fc.oneof(
			fc.string({
				unit: fc.constantFrom('a', 'b', 'c', '_', ':', '/', '@', ' ', '\0', '\xff'),
				maxLength: 80,
			}),
			fc.nat(40).map((length) => 'abc_'.repeat(length)),
		);
		fc.assert(
			fc.property(prefixes, fc.array(part, { maxLength: 6 }), (list, texts) => {
				const content = Buffer.from(texts.join(''), 'latin1');
				const [fast, plain] = bothWays(list, content);
				if (plain.length < MOST_HITS) assert.deepEqual(fast, plain);
				else assert.equal(fast.length, MOST_HITS);
			}),
		);
	});

	test('finds the same in the first bytes, for which nothing is prepared, and in later ones', () => {
		const list = [{ text: 'abc_', follows: 2 }];
		const search = new PrefixSearch(list, { plainBytes: 20 });
		const content = Buffer.from('  abc_zz', 'latin1');
		for (let time = 0; time < 4; time++)
			assert.deepEqual(search.find(content), [{ offset: 2, prefix: 0 }], `time ${time}`);
	});

	test('finds each of many prefixes at every place of a block, and nothing of the file before', () => {
		const list = Array.from({ length: 60 }, (_, index) => ({
			text: `${String.fromCharCode(60 + index)}q_`,
			follows: 2,
		}));
		const search = new PrefixSearch(list, { plainBytes: 0 });
		for (const [index, { text }] of list.entries())
			for (let offset = 0; offset < 20; offset++) {
				const content = Buffer.from(`${' '.repeat(offset)}${text}zz`, 'latin1');
				assert.deepEqual(search.find(content), [{ offset, prefix: index }]);
				assert.deepEqual(search.find(content.subarray(0, -1)), []);
			}
	});
});
