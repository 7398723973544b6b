import { describe, test } from 'node:test';
import { file } from '../../support/archives/tar-entry.ts';
import { openPair } from '../support/open-pair.ts';
import { explore, type Scenario } from '../support/scenario.ts';

const size = { columns: 80, rows: 24 };
const base = [file('same', 's')];
const pair = await openPair(
	{ layers: [base, [file('both', 'old'), file('gone', 'g')]] },
	{ layers: [base, [file('both', 'newer'), file('brought', 'b'.repeat(90))]] },
);

/** With the cursor on a path, whether it differs or not. */
function on(name: string): Scenario {
	return explore(pair, size).press('c', '/', ...name, 'enter');
}

const saysOf = (name: string, ...keys: readonly string[]) =>
	on(name)
		.press('enter', ...keys)
		.footer()[0];

describe('a file of two images', () => {
	test('says which of them has it', (t) => {
		t.assert.equal(saysOf('brought').trim(), 'only the new image has it');
		t.assert.equal(saysOf('gone').trim(), 'only the old image has it');
		t.assert.equal(saysOf('same').trim(), 'both images have the same');
	});

	test('says what the new image has where both have a version', (t) => {
		t.assert.match(saysOf('both'), /^ the new image has another content/);
		t.assert.match(saysOf('both', '['), /^ the old image has this/);
	});

	test('says why there is nothing to compare it with', (t) => {
		const why = (name: string) => saysOf(name, 'd').trim();
		t.assert.equal(why('brought'), 'Nothing to compare it with: only the new image has it.');
		t.assert.equal(why('gone'), 'Nothing to compare it with: only the old image has it.');
		t.assert.equal(why('same'), 'Nothing to compare it with: both images have the same.');
	});

	test('says why there is no other version', (t) => {
		t.assert.equal(saysOf('brought', '[').trim(), 'Only the new image has it.');
		t.assert.equal(saysOf('gone', ']').trim(), 'Only the old image has it.');
	});

	test('says in what is known of a path which of them has it', (t) => {
		const images = (name: string) =>
			on(name)
				.press('i')
				.screen()
				.flatMap((row) => /^ (?:images|state|layers) +(.*?) *[│┃▲▼]?$/.exec(row)?.[1] ?? []);
		t.assert.deepEqual(images('brought'), ['only the new image has it, 90 B']);
		t.assert.deepEqual(images('gone'), ['only the old image has it, 1 B']);
		t.assert.deepEqual(images('both'), ['the old image has this, 3 B']);
	});
});
