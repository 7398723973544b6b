import { test } from 'node:test';
import { emptyConfig, parseConfig } from '../../source/image/config.ts';

const digest = `sha256:${'1'.repeat(64)}`;
const read = (value: unknown) => parseConfig(new TextEncoder().encode(JSON.stringify(value)), 'config.json');

test('a config is read with all that concerns running and history', (t) => {
	const written = {
		os: 'linux',
		architecture: 'arm64',
		variant: 'v8',
		'os.version': '10.0.20348.1',
		'os.features': ['win32k'],
		created: '2025-01-26T22:05:42.1Z',
		author: 'A. Builder',
		config: {
			User: '1000:1000',
			ExposedPorts: { '80/tcp': {}, '443/tcp': {} },
			Env: ['PATH=/bin', 'A='],
			Entrypoint: ['/bin/sh', '-c'],
			Cmd: ['app'],
			Volumes: { '/data': {} },
			WorkingDir: '/srv',
			Labels: { 'org.example.a': 'b' },
			StopSignal: 'SIGTERM',
			Shell: ['/bin/bash', '-c'],
			Healthcheck: {
				Test: ['CMD-SHELL', 'wget -q localhost'],
				Interval: 30_000_000_000,
				Timeout: 1_500_000_000,
				StartPeriod: 0,
				Retries: 3,
			},
			OnBuild: ['COPY . /srv'],
		},
		rootfs: { type: 'layers', diff_ids: [digest] },
		history: [
			{ created: '2025-01-01T00:00:00Z', created_by: 'COPY . .', comment: 'buildkit', author: 'A' },
			{ created_by: 'CMD ["app"]', empty_layer: true },
		],
	};
	t.assert.deepEqual(read(written), {
		platform: { os: 'linux', architecture: 'arm64', variant: 'v8' },
		osVersion: '10.0.20348.1',
		osFeatures: ['win32k'],
		created: '2025-01-26T22:05:42.1Z',
		author: 'A. Builder',
		runtime: {
			user: '1000:1000',
			exposedPorts: ['80/tcp', '443/tcp'],
			env: ['PATH=/bin', 'A='],
			entrypoint: ['/bin/sh', '-c'],
			cmd: ['app'],
			volumes: ['/data'],
			workingDir: '/srv',
			labels: { 'org.example.a': 'b' },
			stopSignal: 'SIGTERM',
			healthcheck: {
				test: ['CMD-SHELL', 'wget -q localhost'],
				intervalSeconds: 30,
				timeoutSeconds: 1.5,
				startPeriodSeconds: null,
				startIntervalSeconds: null,
				retries: 3,
			},
			shell: ['/bin/bash', '-c'],
			onBuild: ['COPY . /srv'],
		},
		diffIds: [digest],
		history: [
			{
				created: '2025-01-01T00:00:00Z',
				createdBy: 'COPY . .',
				comment: 'buildkit',
				author: 'A',
				emptyLayer: false,
			},
			{ created: null, createdBy: 'CMD ["app"]', comment: null, author: null, emptyLayer: true },
		],
	});
});

test('an empty object is an empty config', (t) => {
	t.assert.deepEqual(read({}), emptyConfig);
});

test('fields that are null, empty or of an odd type read as absent', (t) => {
	const nulls = { os: '', architecture: '', created: null, config: null, rootfs: null, history: null };
	t.assert.deepEqual(read(nulls), emptyConfig);
	const odd = {
		os: 1,
		architecture: [],
		created: 7,
		author: {},
		config: { User: 0, ExposedPorts: ['80'], Env: 'A=b', Entrypoint: {}, Cmd: [], Volumes: 1, Labels: [] },
		rootfs: { diff_ids: {} },
		history: { 0: {} },
	};
	t.assert.deepEqual(read(odd), emptyConfig);
	const oddDocker = {
		Healthcheck: { Test: 7, Interval: -1, Timeout: '1s', Retries: 0.5 },
		Shell: {},
		OnBuild: 'x',
	};
	t.assert.deepEqual(read({ config: oddDocker }), emptyConfig);
	t.assert.deepEqual(read({ config: { Healthcheck: [], OnBuild: [1, null] } }), emptyConfig);
	t.assert.deepEqual(read({ config: [], rootfs: 'x' }), emptyConfig);
});

test('a command may be one string', (t) => {
	t.assert.deepEqual(read({ config: { Cmd: 'app --serve' } }).runtime.cmd, ['app --serve']);
});

test('a diff ID that is none keeps its place', (t) => {
	t.assert.deepEqual(read({ rootfs: { diff_ids: [digest, 'sha256:../x', null, digest] } }).diffIds, [
		digest,
		null,
		null,
		digest,
	]);
});

test('a history step that is no object keeps its place', (t) => {
	const step = { createdBy: null, created: null, comment: null, author: null, emptyLayer: false };
	t.assert.deepEqual(read({ history: [null, { empty_layer: 'true' }] }).history, [step, step]);
});

test('long lists and long strings are cut, with a digest of what is cut', (t) => {
	const { runtime, history } = read({
		config: { Env: new Array(20_000).fill('A=b'), User: 'x'.repeat(100_000) },
		history: new Array(20_000).fill({ created_by: 'y'.repeat(10) }),
	});
	t.assert.deepEqual([runtime.env.length, runtime.user?.length, history.length], [10_000, 65_536, 10_001]);
	const digest = /sha256:[0-9a-f]{64}\)$/;
	t.assert.match(runtime.env.at(-1) ?? '', /^… and 10001 more \(/);
	t.assert.match(runtime.user ?? '', /x… \(100000 characters, /);
	t.assert.match(history.at(-1)?.createdBy ?? '', /^… and 10000 more steps \(/);
	for (const text of [runtime.env.at(-1), runtime.user, history.at(-1)?.createdBy])
		t.assert.match(text ?? '', digest);
});

test('keys that JavaScript has a meaning for are keys like others', (t) => {
	const bytes = new TextEncoder().encode('{"config": {"Labels": {"__proto__": "x", "toString": "y"}}}');
	t.assert.deepEqual(Object.entries(parseConfig(bytes, 'x').runtime.labels), [
		['__proto__', 'x'],
		['toString', 'y'],
	]);
});

test('what is no JSON object is an error that starts with the place', (t) => {
	const bytes = new TextEncoder().encode('{"os":');
	t.assert.throws(() => parseConfig(bytes, 'app.tar: abc.json'), {
		code: 'corrupt',
		message: 'app.tar: abc.json is not valid JSON.',
	});
	t.assert.throws(() => read([]), { message: 'config.json is JSON, but not an object.' });
});
