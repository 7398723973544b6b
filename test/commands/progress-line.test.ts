import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { ProgressLine } from '../../source/commands/output/progress-line.ts';
import type { Host } from '../../source/sources/host.ts';

/** What work of more than half a second writes. */
async function writtenWith(environment: Host['environment'], isTTY = true): Promise<string> {
	const written: string[] = [];
	const stderr = { isTTY, write: (text: string) => written.push(text) > 0 };
	const context = { stderr, host: { environment } } as unknown as ConstructorParameters<
		typeof ProgressLine
	>[0];
	const line = new ProgressLine(context);
	line.show(() => 'at once');
	await delay(550);
	line.show(() => 'half');
	line.clear();
	return written.join('');
}

describe('the line that says how far something is', () => {
	test('is shown after half a second, and taken away', async (t) => {
		t.assert.equal(await writtenWith({ TERM: 'xterm' }), '\rhalf\u001B[K\r\u001B[K');
	});

	for (const environment of [{ TERM: 'dumb' }, { TERM: 'unknown' }, { TERM: 'xterm', CI: 'true' }])
		test(`is not with ${JSON.stringify(environment)}`, async (t) => {
			t.assert.equal(await writtenWith(environment), '');
		});

	test('is not where standard error is no terminal', async (t) => {
		t.assert.equal(await writtenWith({ TERM: 'xterm' }, false), '');
	});
});
