import { describe, test } from 'node:test';
import { explore, openSample } from '../../support/scenario.ts';

const image = await openSample();

describe('the line on an image above its layers', () => {
	const lines = [
		[80, '━ orders:1.8.2 ━ 182 kB ━ wasted 75.8 kB ━ efficiency 58.3 % ━ 11 layers, 1–7 ━━'],
		[70, '━ orders:1.8.2 ━ 182 kB ━ wasted 75.8 kB ━ eff. 58.3 % ━ 1–7 of 11 ━━━'],
		[60, '━ orders:1.8.2 ━ wasted 75.8 kB ━ eff. 58.3 % ━ 1–7 of 11 ━━'],
	] as const;
	for (const [columns, expected] of lines) {
		test(`has its whole name at ${columns} columns, before the words and the size of what it says`, (t) => {
			t.assert.equal(explore(image, { columns, rows: 15 }).screen()[1], expected);
		});
	}
});
