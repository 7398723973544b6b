import { describe, test } from 'node:test';
import { farewellLine } from '../../../source/commands/explorer/farewell.ts';

const figures = { totalBytes: 182_000, wastedBytes: 75_800, efficiency: 0.583 };
const explore = { command: 'explore', flags: new Map<string, string>() } as const;

describe('the line that stays when the explorer is gone', () => {
	test('names the image, its verdict and what to try next', (t) => {
		t.assert.equal(
			farewellLine({ figures, findings: null }, { ...explore, reference: 'my app.tar' }),
			"my app.tar: 182 kB, 75.8 kB wasted, efficiency 58.3 %. Next: fathom report 'my app.tar' --only findings --format text",
		);
	});

	test('lists files where nothing was found', (t) => {
		t.assert.match(
			farewellLine({ figures, findings: { findings: [] } }, { ...explore, reference: 'app:1' }),
			/, 0 findings\. Next: fathom files app:1 --sort size$/,
		);
	});

	test('chooses the same image again', (t) => {
		const flags = new Map([
			['platform', 'linux/arm64'],
			['image', "it's:1"],
			['as-layer', 'true'],
			['verify', 'false'],
			['cache', 'false'],
			['json', 'app.json'],
			['layer', '3'],
			['at', '/srv'],
		]);
		const line = farewellLine({ figures, findings: null }, { ...explore, flags, reference: 'app.tar' });
		t.assert.equal(
			line.split(' Next: ')[1],
			"fathom report app.tar --image 'it'\\''s:1' --platform linux/arm64 --as-layer --no-cache --only findings --format text",
		);
	});

	test('is safe for a terminal, and claims nothing of standard input', (t) => {
		const hostile = farewellLine({ figures, findings: null }, { ...explore, reference: 'a\u001B[2J\n.tar' });
		t.assert.doesNotMatch(hostile, /\p{Cc}/u);
		t.assert.doesNotMatch(farewellLine({ figures, findings: null }, { ...explore, reference: '-' }), /Next/);
	});
});
