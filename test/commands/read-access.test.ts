import { PassThrough, Readable } from 'node:stream';
import { describe, test } from 'node:test';
import { type AccessRequest, readAccess } from '../../source/commands/read-access.ts';
import { defaultSettings } from '../../source/settings/settings.ts';
import { usualLimits } from '../../source/sources/image-source.ts';

interface Given {
	readonly username?: string;
	/** What comes by standard input in pieces, with `--password-stdin`. */
	readonly pieces?: readonly string[];
	readonly variable?: string;
	readonly reference?: string;
}

describe('what a registry wants to know', () => {
	test('is nothing, unless the user says so', async (t) => {
		t.assert.deepEqual(await readAccess(request({})), {
			username: null,
			password: null,
			insecure: false,
			namespace: null,
			limits: usualLimits,
		});
	});

	for (const [what, pieces] of [
		['a line', ['secret\n']],
		['a line of Windows', ['secret\r\n']],
		['a line without an end', ['secret']],
		['a line in pieces', ['sec', 'ret', '\n']],
		['the first of several lines', ['secret\nsomething else\n']],
	] as const) {
		test(`comes by standard input: ${what}`, async (t) => {
			const { username, password } = await readAccess(request({ username: 'me', pieces }));
			t.assert.deepEqual([username, password], ['me', 'secret']);
		});
	}

	test('comes from FATHOM_PASSWORD', async (t) => {
		const { password } = await readAccess(request({ username: 'me', variable: ' secret ' }));
		t.assert.equal(password, ' secret ');
	});

	test('comes by standard input rather than from FATHOM_PASSWORD', async (t) => {
		const { password } = await readAccess(request({ username: 'me', variable: 'old', pieces: ['new\n'] }));
		t.assert.equal(password, 'new');
	});
});

describe('half of what a registry wants to know', () => {
	const refused: readonly (readonly [string, Given, string])[] = [
		['a username alone', { username: 'me' }, 'A username for the registry is set, but no password.'],
		['a password alone', { variable: 'secret' }, 'A password for the registry is set, but no username.'],
		[
			'an empty line',
			{ username: 'me', pieces: ['\n'] },
			'--password-stdin: the first line of standard input is empty.',
		],
		[
			'no line',
			{ username: 'me', pieces: [] },
			'--password-stdin: the first line of standard input is empty.',
		],
		[
			'an image on standard input',
			{ username: 'me', pieces: ['secret'], reference: '-' },
			'--password-stdin: standard input already contains the image.',
		],
	];
	for (const [what, given, message] of refused) {
		test(`${what} is refused`, async (t) => {
			await t.assert.rejects(readAccess(request(given)), { code: 'usage', message });
		});
	}

	test('is not asked for on a terminal, which would show it', async (t) => {
		const stdin = Object.assign(Readable.from([]), { isTTY: true });
		await t.assert.rejects(readAccess({ ...request({ username: 'me', pieces: [] }), stdin }), {
			message: '--password-stdin: standard input is a terminal, which would show the password.',
		});
	});

	test('is not waited for once the user interrupts', async (t) => {
		const stop = new AbortController();
		const silent = new PassThrough();
		const reading = readAccess({
			...request({ username: 'me', pieces: [] }),
			stdin: silent,
			signal: stop.signal,
		});
		stop.abort();
		await t.assert.rejects(reading, { code: 'interrupted' });
		silent.end();
	});
});

function request({ username, pieces, variable, reference = 'nginx' }: Given): AccessRequest {
	return {
		reference,
		settings: { ...defaultSettings, username: username ?? null },
		flags: new Map(pieces && [['password-stdin', 'true']]),
		host: {
			environment: { FATHOM_PASSWORD: variable },
			homeFolder: '/',
			currentFolder: '/',
			system: 'linux',
			userId: 0,
		},
		stdin: Readable.from((pieces ?? []).map((piece) => Buffer.from(piece))),
		signal: new AbortController().signal,
	};
}
