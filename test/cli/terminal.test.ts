import { tmpdir } from 'node:os';
import { describe, test } from 'node:test';
import { spawn } from '@lydell/node-pty';
import stringWidth from 'string-width';
import { programPath } from '../support/built-program.ts';
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

	test('an image is not waited for at the keyboard', async (t) => {
		const { status, output } = await runInTerminal(['ci', '-']);
		t.assert.deepEqual(
			[status, output.split('\r\n')],
			[
				2,
				[
					'fathom: Standard input is a terminal; pipe an archive into it.',
					'try: docker save NAME | fathom -',
					'',
				],
			],
		);
	});
});

interface TerminalOptions {
	readonly columns?: number;
	readonly environment?: Readonly<Record<string, string>>;
}

/** Runs the program to its end with a terminal for its standard streams. */
async function runInTerminal(
	args: readonly string[],
	{ columns = 80, environment = {} }: TerminalOptions = {},
): Promise<{ readonly status: number; readonly output: string }> {
	const terminal = spawn(process.execPath, [programPath, ...args], {
		cols: columns,
		rows: 40,
		cwd: tmpdir(),
		env: { PATH: process.env.PATH, TERM: 'xterm-256color', FATHOM_CACHE: 'off', ...environment },
	});
	let output = '';
	terminal.onData((data) => {
		output += data;
	});
	const status = await new Promise<number>((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode)));
	return { status, output };
}
