import { describe, test } from 'node:test';
import { FathomError } from '../../source/errors.ts';
import { parseArguments } from '../../source/settings/command-line/arguments.ts';

const parse = (...argv: string[]) => parseArguments(argv, {});

describe('a command line', () => {
	const runs: readonly (readonly [string, string, string | null, Record<string, string>])[] = [
		['app.tar', 'explore', 'app.tar', {}],
		['-', 'explore', '-', {}],
		['./ci', 'explore', './ci', {}],
		['ci app.tar', 'ci', 'app.tar', {}],
		['ci -', 'ci', '-', {}],
		['ci ./ci', 'ci', './ci', {}],
		['demo', 'demo', null, {}],
		[
			'report app.tar --format text --output out.txt',
			'report',
			'app.tar',
			{ format: 'text', output: 'out.txt' },
		],
		['report app.tar -o -', 'report', 'app.tar', { output: '-' }],
		['report --output - -', 'report', '-', { output: '-' }],
		['ci --baseline - app.tar --verify', 'ci', 'app.tar', { baseline: '-', verify: 'true' }],
		['--json app.json ci app.tar', 'ci', 'app.tar', { json: 'app.json' }],
		['ci --lowest-efficiency=95% app.tar', 'ci', 'app.tar', { 'lowest-efficiency': '95%' }],
		['ci --verify app.tar', 'ci', 'app.tar', { verify: 'true' }],
		['ci app.tar --no-verify', 'ci', 'app.tar', { verify: 'false' }],
		['ci app.tar --no-cache', 'ci', 'app.tar', { cache: 'false' }],
		['cache', 'cache', null, {}],
		['cache prune', 'cache prune', null, {}],
		[
			'cache prune --older-than 7d --max-size 1GB',
			'cache prune',
			null,
			{ 'older-than': '7d', 'max-size': '1GB' },
		],
		['app.tar --digests', 'explore', 'app.tar', { digests: 'true' }],
		['--all cache prune', 'cache prune', null, { all: 'true' }],
		['ci app.tar --base 007', 'ci', 'app.tar', { base: '007' }],
		['-- --odd', 'explore', '--odd', {}],
		['123', 'explore', '123', {}],
	];
	for (const [line, command, reference, flags] of runs) {
		test(`fathom ${line}`, (t) => {
			const invocation = parse(...line.split(' '));
			t.assert.deepEqual(invocation, {
				kind: 'run',
				command,
				reference,
				newReference: null,
				paths: [],
				newFlags: new Map(),
				rest: [],
				flags: new Map(Object.entries(flags)),
			});
		});
	}

	const pairs: readonly (readonly [
		string,
		string,
		string,
		Record<string, string>,
		Record<string, string>,
	])[] = [
		['diff a.tar b.tar', 'a.tar', 'b.tar', {}, {}],
		['diff a.tar --platform linux/arm64 b.tar', 'a.tar', 'b.tar', { platform: 'linux/arm64' }, {}],
		[
			'diff --source docker --source podman app app',
			'app',
			'app',
			{ source: 'docker' },
			{ source: 'podman' },
		],
		[
			'diff --platform linux/amd64 --platform linux/arm64 app',
			'app',
			'app',
			{ platform: 'linux/amd64' },
			{ platform: 'linux/arm64' },
		],
	];
	for (const [line, reference, newReference, flags, newFlags] of pairs) {
		test(`fathom ${line}: two images, and what is for the second alone`, (t) => {
			t.assert.deepEqual(parse(...line.split(' ')), {
				kind: 'run',
				command: 'diff',
				reference,
				newReference,
				paths: [],
				rest: [],
				flags: new Map(Object.entries(flags)),
				newFlags: new Map(Object.entries(newFlags)),
			});
		});
	}

	test('fathom diff OLD NEW PATH: a path in both images', (t) => {
		const invocation = parse('diff', 'a.tar', 'b.tar', '/etc/passwd', '--patch');
		t.assert.equal(invocation.kind, 'run');
		if (invocation.kind !== 'run') return;
		const { reference, newReference, paths, flags } = invocation;
		t.assert.deepEqual(
			[reference, newReference, paths, flags.get('patch')],
			['a.tar', 'b.tar', ['/etc/passwd'], 'true'],
		);
	});

	test('fathom diff takes the second word for NEW, also where a flag makes two images of one', (t) => {
		const words = ['--platform', 'linux/amd64', '--platform', 'linux/arm64', 'app', 'etc'];
		const invocation = parse('diff', ...words);
		t.assert.deepEqual(invocation.kind === 'run' && [invocation.newReference, invocation.paths], ['etc', []]);
	});

	test('fathom diff takes no second path', (t) => {
		t.assert.throws(() => parse('diff', 'a', 'b', '/etc', '/bin'), {
			code: 'usage',
			message: 'fathom diff OLD NEW [PATH] takes two images and a path, got 4: "a", "b", "/etc", "/bin".',
			hint: 'Give one PATH: that of a folder reports all that is below it.',
		});
		t.assert.throws(() => parse('diff', 'my', 'a.tar', 'my', 'b.tar'), {
			hint: 'Put quotes around a path that contains spaces.',
		});
	});

	const builds: readonly (readonly [string, Record<string, string>, string])[] = [
		['build .', {}, '.'],
		['build', {}, ''],
		['build -t app --platform linux/arm64 .', {}, '-t app --platform linux/arm64 .'],
		['build . --json app.json', {}, '. --json app.json'],
		['build -- .', {}, '-- .'],
		['--json app.json build .', { json: 'app.json' }, '.'],
		['--json=app.json --verbose build build', { json: 'app.json', verbose: 'true' }, 'build'],
		[
			'--lowest-efficiency 95% --source podman build --pull .',
			{ 'lowest-efficiency': '95%', source: 'podman' },
			'--pull .',
		],
	];
	for (const [line, flags, rest] of builds) {
		test(`fathom ${line}: the arguments after build are for docker`, (t) => {
			t.assert.deepEqual(parse(...line.split(' ')), {
				kind: 'run',
				command: 'build',
				reference: null,
				newReference: null,
				paths: [],
				newFlags: new Map(),
				rest: rest.split(' ').filter(Boolean),
				flags: new Map(Object.entries(flags)),
			});
		});
	}

	test('takes build for the value of a flag or an image where one is expected', (t) => {
		const invocations = ['--json build app.tar', 'ci build', './build'].map((line) =>
			parse(...line.split(' ')),
		);
		t.assert.deepEqual(
			invocations.map((each) => each.kind === 'run' && [each.command, each.reference]),
			[
				['explore', 'app.tar'],
				['ci', 'build'],
				['explore', './build'],
			],
		);
	});

	test('asks for help, in general or for one command', (t) => {
		t.assert.deepEqual(parse('--help'), { kind: 'help', topic: null });
		t.assert.deepEqual(parse('-h'), { kind: 'help', topic: null });
		t.assert.deepEqual(parse('ci', '--help'), { kind: 'help', topic: 'ci' });
		t.assert.deepEqual(parse('--help', 'report'), { kind: 'help', topic: 'report' });
		t.assert.deepEqual(parse('build', '--help'), { kind: 'help', topic: 'build' });
		t.assert.deepEqual(parse('--help', 'build', '.'), { kind: 'help', topic: 'build' });
	});

	test('asks for the version', (t) => {
		t.assert.deepEqual(parse('--version'), { kind: 'version' });
	});
});

describe('a command line without an image', () => {
	test('asks for the images at hand', (t) => {
		const invocation = parse();
		t.assert.equal(invocation.kind === 'run' && invocation.command, 'explore');
		t.assert.equal(invocation.kind === 'run' && invocation.reference, null);
	});
});

describe('an invalid command line', () => {
	const invalid: readonly (readonly [string, string, string | undefined])[] = [
		[
			'ci',
			'fathom ci IMAGE: no image was named.',
			'fathom ci IMAGE, where IMAGE is a name such as nginx:1.27, a file, a folder or - for standard input.',
		],
		['raport app.tar', 'fathom IMAGE takes one image, got 2: "raport", "app.tar".', 'fathom report'],
		[
			'my app.tar',
			'fathom IMAGE takes one image, got 2: "my", "app.tar".',
			'Put quotes around a path that contains spaces.',
		],
		[
			'ci a b c',
			'fathom ci IMAGE takes one image, got 3: "a", "b", "c".',
			'Put quotes around a path that contains spaces.',
		],
		[
			'diff a.tar',
			'fathom diff OLD NEW [PATH]: only one image was named.',
			'fathom diff OLD NEW [PATH], where OLD and NEW are names such as nginx:1.27, files, folders or - for standard input.',
		],
		[
			'diff --image a --image b --image c app.tar',
			'--image can be given twice at most: once for OLD and once for NEW.',
			undefined,
		],
		['ci --image a --image b app.tar', '--image can only be given once.', undefined],
		['demo app.tar', 'fathom demo takes no image, got "app.tar".', undefined],
		['app.tar --plattform linux/arm64', '--plattform: no such flag.', '--platform'],
		['app.tar --jason x', '--jason: no such flag.', '--json'],
		['app.tar -z', '-z: no such flag.', 'fathom --help for a list of flags.'],
		['app.tar --no-config', '--no-config: no such flag.', '--config'],
		['app.tar --json', '--json needs a value: --json FILE.', undefined],
		['--json --verbose app.tar', '--json needs a value: --json FILE.', undefined],
		['app.tar --json a --json b', '--json can only be given once.', undefined],
		[
			'ci app.tar --lowest-efficiency 1 --lowest-efficiency 0',
			'--lowest-efficiency can only be given once.',
			undefined,
		],
		[
			'app --username me --password secret',
			'--password: a password on the command line is visible to every user of this machine.',
			'Use --password-stdin, or set FATHOM_PASSWORD.',
		],
		[
			'ci app.tar --format json',
			'--format cannot be used with fathom ci IMAGE.',
			'fathom report IMAGE, fathom diff OLD NEW [PATH], fathom files IMAGE [PATH...]',
		],
		[
			'app.tar --lowest-efficiency 1',
			'--lowest-efficiency cannot be used with fathom IMAGE.',
			'fathom ci IMAGE, fathom build [ARGS]',
		],
	];
	for (const [line, message, hint] of invalid) {
		test(`fathom ${line}`, (t) => {
			t.assert.throws(
				() => parse(...line.split(' ').filter(Boolean)),
				(error: FathomError) => {
					t.assert.deepEqual(
						{ code: error.code, message: error.message, hint: error.hint },
						{ code: 'usage', message, hint },
					);
					return error instanceof FathomError;
				},
			);
		});
	}
});

test('a switch with a value that it cannot have is an error', (t) => {
	for (const line of [
		'ci app.tar --verify=1',
		'ci app.tar --verify=maybe',
		'--allow-missing-layers= app.tar',
	])
		t.assert.throws(() => parse(...line.split(' ')), {
			code: 'usage',
			message: /^--[a-z-]+ takes no value\.$/,
		});
});
