import { describe, test } from 'node:test';
import stringWidth from 'string-width';
import { file, whiteout } from '../../support/archives/tar-entry.ts';
import { openWithDetails } from '../support/known-details.ts';
import { explore } from '../support/scenario.ts';

const ESCAPE = '\u001B[31m\u202E\u0007';
const wide = '漢'.repeat(80);
const names = [`${ESCAPE}red`, wide, '*[a]{b,c}!?', 'tab\there', 'nl\nline', ' blank '];

/** Names, instructions, packages and config that try to reach the terminal. */
const image = await openWithDetails(
	{
		names: [`evil${ESCAPE}:1`],
		layers: [
			names.map((name, index) => file(name, 'x'.repeat(6000 + index))),
			[
				...names.map((name) => file(`copy/${name}`, 'y'.repeat(7000))),
				file(
					'node_modules/evil/package.json',
					JSON.stringify({ name: `evil${ESCAPE}`, version: `1${ESCAPE}\n` }),
				),
			],
			names.map((name) => whiteout(name)),
		],
		config: {
			config: {
				Env: [`${ESCAPE}=value`, `NAME=${ESCAPE}${wide}`, 'NO_EQUALS'],
				Labels: { [`label${ESCAPE}`]: `value${ESCAPE}\nsecond` },
				User: `user${ESCAPE}`,
				Cmd: [`cmd${ESCAPE}`],
			},
			history: [
				{ created_by: `RUN ${ESCAPE} ${'long '.repeat(600)}`, created: `2025${ESCAPE}` },
				{ created_by: `COPY ${wide} .`, comment: ESCAPE },
				{ created_by: `RUN rm${ESCAPE}` },
			],
		},
	},
	{},
);

describe('hostile names, packages and config', () => {
	for (const [columns, rows] of [
		[60, 15],
		[80, 24],
		[200, 60],
	] as const)
		test(`are harmless, and every frame fits, at ${columns}x${rows}`, (t) => {
			for (const tab of ['2', '3', '4', '5', '6']) {
				let list = explore(image, { columns, rows }).press(tab);
				for (let row = 0; row < 30; row++) {
					for (const shown of [list, list.press('tab'), list.press('tab', 'G')]) {
						const screen = shown.screen();
						t.assert.equal(screen.length, rows);
						t.assert.deepEqual(
							[...'\u001B\u202E\u0007\t'].filter((character) => screen.join('').includes(character)),
							[],
						);
						t.assert.equal(Math.max(...screen.map((line) => stringWidth(line))) <= columns, true);
					}
					list = list.press('j');
				}
			}
		});

	test('are harmless where all that is known of a path is shown, its package included', (t) => {
		const found = explore(image, { columns: 120, rows: 40 })
			.press('enter', '/')
			.type('package.json')
			.press('enter');
		const screen = found.press('n', 'i').screen().join('\n');
		t.assert.match(screen, / package +evil\\x1B\[31m/);
		t.assert.deepEqual(
			[...'\u001B\u202E\u0007'].filter((character) => screen.includes(character)),
			[],
		);
	});

	test('give a rule for fathom.yaml that is one value a line, and matches these very paths', (t) => {
		let list = explore(image).press('2');
		for (let row = 0; row < 10; row++) {
			for (const effect of list.press('A').state.effects) {
				if (effect.type !== 'request' || effect.kind !== 'copy-text') continue;
				t.assert.match(
					effect.ask.text,
					/^findings:\n {2}accept:\n {4}- code: [a-z-]+\n(?: {6}paths: \[.*\]\n)? {6}reason: ".*"\n$/,
				);
				t.assert.doesNotMatch(effect.ask.text, /[^\n -~]/);
			}
			list = list.press('j');
		}
	});
});
