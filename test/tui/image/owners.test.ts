import { describe, test } from 'node:test';
import { nothingKnown } from '../../../source/tui/model/image-details.ts';
import { update } from '../../../source/tui/model/update.ts';
import { directory, file } from '../../support/archives/tar-entry.ts';
import { openWithDetails } from '../support/known-details.ts';
import { explore, scenarioOf } from '../support/scenario.ts';

const ESCAPE = '\u001B[31m';
const image = await openWithDetails({
	names: ['app:1'],
	layers: [
		[
			directory('etc'),
			file('etc/passwd', `root:x:0:0:::\nnode:x:1000:1000:::\nev${ESCAPE}il:x:7:7:::\n`),
			file('etc/group', 'root:x:0:\nstaff:x:1000:\n'),
			file('mine', 'm', { uid: 1000, gid: 1000 }),
			file('evil', 'e', { uid: 7, gid: 7 }),
			file('other', 'o', { uid: 12, gid: 34 }),
		],
	],
});
const size = { columns: 120, rows: 40 };
const files = explore(image, size).press('s', 'enter');
const screen = (text: string) => files.press('/').type(text).press('enter').screen().join('\n');

describe('the owner of a file', () => {
	test('has the names of the image in the details, and the numbers where there are none', (t) => {
		t.assert.match(screen('mine'), /node:staff \(1000:1000\)/);
		t.assert.match(screen('other'), / {2}12:34 {2}/);
		t.assert.match(
			files.press('/').type('mine').press('enter', 'i').screen().join('\n'),
			/owner +node:staff \(1000:1000\)/,
		);
	});

	test('has numbers in the column', (t) => {
		t.assert.match(files.files().join('\n'), /1000:1000 {3}mine/);
	});

	test('is harmless, whatever its name holds', (t) => {
		t.assert.match(screen('evil'), /ev\\x1B\[31mil:7 \(7:7\)/);
		t.assert.equal(screen('evil').includes(ESCAPE), false);
	});

	test('is found by its name', (t) => {
		const found = (text: string) => files.press('/').type(text).press('enter').tree();
		t.assert.deepEqual(found('owner:node'), ['❯A   mine']);
		t.assert.deepEqual(found('owner:node:staff'), ['❯A   mine']);
		t.assert.deepEqual(found('owner::staff'), ['❯A   mine']);
		t.assert.match(files.press('/').type('owner:nod').screen().join('\n'), /\/etc\/passwd has no user nod/);
		t.assert.match(explore(image, size).press('F').type('owner:node').screen().join('\n'), /A L1 .*\/mine/);
	});

	test('is asked for when it is first to be seen, and then found by the filter that waits for it', (t) => {
		const unknown = { ...image, details: { ...image.details, owners: nothingKnown.owners } };
		const small = { columns: 80, rows: 24 };
		const asked = (keys: readonly string[]) =>
			explore(unknown, small)
				.press(...keys)
				.state.effects.some((effect) => effect.type === 'request' && effect.kind === 'read-owners');
		t.assert.equal(asked(['j']), false);
		t.assert.equal(asked(['tab']), true);
		t.assert.equal(asked(['2']), false);
		const waiting = explore(unknown, small).press('tab', '/').type('owner:node');
		t.assert.match(waiting.footer()[0], /names of owners are not read yet/);
		const names = image.details.owners;
		if (names.kind !== 'known') throw new TypeError('The names were not read.');
		const answer = { kind: 'known', names: names.value } as const;
		const known = scenarioOf(update(waiting.state, { type: 'owners-read', answer }));
		t.assert.match(known.screen().join('\n'), /A .* mine/);
		t.assert.doesNotMatch(known.screen().join('\n'), / other/);
	});
});
