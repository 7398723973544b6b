import { describe, test } from 'node:test';
import stringWidth from 'string-width';
import { isReading, startInTerminal } from '../tui/support/terminal.ts';
import { runInTerminal } from './run-in-terminal.ts';
import { samplePath } from './run-program.ts';

const ESCAPE = '\u001b';

describe('in a terminal', () => {
	test('the verdict has colours', async (t) => {
		const { status, output } = await runInTerminal(['ci', samplePath]);
		t.assert.equal(status, 1);
		t.assert.equal(output.includes(`${ESCAPE}[31m`), true);
	});

	for (const environment of [{ NO_COLOR: '1' }, { TERM: 'dumb' }]) {
		test(`the verdict has none with ${JSON.stringify(environment)}`, async (t) => {
			const { output } = await runInTerminal(['ci', samplePath], { environment });
			t.assert.match(output, /FAIL/);
			t.assert.equal(output.includes(ESCAPE), false);
		});
	}

	for (const columns of [80, 120, 200]) {
		test(`no line is longer than ${columns} columns`, async (t) => {
			const args = ['report', samplePath, '--format', 'text'];
			const { output } = await runInTerminal(args, { columns, environment: { NO_COLOR: '1' } });
			t.assert.deepEqual(
				output.split('\r\n').filter((line) => stringWidth(line) > columns),
				[],
			);
		});
	}

	for (const [words, hint] of [
		['-', 'fathom -'],
		['ci -', 'fathom ci -'],
		['diff - new.tar', 'fathom diff - NEW'],
		['diff old.tar -', 'fathom diff OLD -'],
	] as const) {
		test(`an image is not waited for at the keyboard: fathom ${words}`, async (t) => {
			const { status, output } = await runInTerminal(words.split(' '));
			t.assert.deepEqual(
				[status, output.split('\r\n')],
				[
					2,
					[
						'fathom: Standard input is a terminal; pipe an archive into it.',
						`try: docker save NAME | ${hint}`,
						'',
					],
				],
			);
		});
	}
});

describe('where nobody watches the terminal', () => {
	for (const environment of [{ CI: 'true' }, { CI: '1' }, { CONTINUOUS_INTEGRATION: 'true' }]) {
		test(`fathom IMAGE prints the summary and the verdict with ${JSON.stringify(environment)}`, async (t) => {
			const { status, output } = await runInTerminal([samplePath], {
				environment: { NO_COLOR: '1', ...environment },
			});
			t.assert.equal(status, 1);
			t.assert.match(output, /^Figures\r\n/m);
			t.assert.match(output, /\r\nFAIL: [^\r]+\.\r\n$/);
			t.assert.equal(output.includes(ESCAPE), false);
		});
	}

	test('the rules are those of fathom ci', async (t) => {
		const environment = {
			CI: 'true',
			FATHOM_LOWEST_EFFICIENCY: '0.1',
			FATHOM_HIGHEST_WASTED_PERCENT: '90%',
		};
		const { status, output } = await runInTerminal([samplePath], { environment });
		t.assert.equal(status, 0);
		t.assert.match(output, /PASS: 2 rules hold\./);
	});

	for (const TERM of ['dumb', 'unknown']) {
		test(`fathom IMAGE prints the summary with TERM=${TERM}`, async (t) => {
			const environment = { TERM, NO_COLOR: '1' };
			const { status, output } = await runInTerminal([samplePath], { environment });
			t.assert.equal(status, 0);
			t.assert.match(output, /\r\nFigures\r\n/);
			t.assert.equal(output.includes('FAIL') || output.includes(ESCAPE), false);
		});
	}

	for (const CI of ['', '0', 'false', 'False']) {
		test(`somebody does with CI=${CI}`, async (t) => {
			const terminal = startInTerminal(t, {
				size: { columns: 80, rows: 24 },
				arguments: [samplePath],
				environment: { CI },
			});
			await terminal.until((screen) => screen[0].includes('[1 Layers]') && !isReading(screen));
			t.assert.equal(terminal.isAlternate(), true);
		});
	}
});
