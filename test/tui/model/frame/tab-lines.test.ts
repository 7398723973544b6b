import { describe, test } from 'node:test';
import { explore, openSample } from '../../support/scenario.ts';

const image = await openSample();

describe('the end of the line with the tabs', () => {
	const verdicts = [
		[200, 'orders:1.8.2  182 kB  75.8 kB wasted, 58.3 % efficient'],
		[120, 'orders:1.8.2  75.8 kB wasted, 58.3 % efficient'],
		[112, 'orders:1.8.2  75.8 kB wasted, eff. 58.3 %'],
		[107, 'orders:1.8.2  75.8 kB wasted'],
		[99, 'nothing'],
	] as const;
	for (const [columns, expected] of verdicts) {
		test(`says at ${columns} columns what the image comes to, as far as it fits`, (t) => {
			const [tabs] = explore(image, { columns, rows: 40 }).screen();
			t.assert.equal(tabs.slice(tabs.indexOf('6 Image') + 7).trim() || 'nothing', expected);
		});
	}
});
