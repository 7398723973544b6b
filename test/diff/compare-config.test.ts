import { describe, test } from 'node:test';
import { compareConfigs } from '../../source/diff/compare-config.ts';
import { parseConfig } from '../../source/image/config.ts';

/** What a config document says, as images have it. */
function image(document: object) {
	const { platform, osVersion, osFeatures, created, author, runtime, history } = parseConfig(
		Buffer.from(JSON.stringify(document)),
		'config',
	);
	return {
		platform,
		osVersion,
		osFeatures,
		created,
		author,
		config: runtime,
		history: history.map((step) => ({
			...step,
			instruction: step.createdBy,
			layerIndex: step.emptyLayer ? null : 0,
		})),
	};
}

function changes(older: object, newer: object): readonly unknown[][] {
	return compareConfigs(image(older), image(newer)).map(({ field, name, oldValue, newValue }) => [
		field,
		name,
		oldValue,
		newValue,
	]);
}

describe('two configs', () => {
	test('that are equal have no changes', (t) => {
		const document = { config: { Env: ['A=1'], Cmd: ['sh'], Labels: { a: 'b' } } };
		t.assert.deepEqual(changes(document, document), []);
	});

	test('differ in variables by name, whatever their order', (t) => {
		const older = { config: { Env: ['A=1', 'B=2', 'C=3'] } };
		const newer = { config: { Env: ['C=3', 'D', 'A=one=1'] } };
		t.assert.deepEqual(changes(older, newer), [
			['env', 'A', '1', 'one=1'],
			['env', 'B', '2', null],
			['env', 'D', null, ''],
		]);
	});

	test('differ in a command word by word', (t) => {
		t.assert.deepEqual(
			changes({ config: { Cmd: ['a b'] } }, { config: { Cmd: ['a', 'b'], Entrypoint: ['x'] } }),
			[
				['entrypoint', null, null, ['x']],
				['cmd', null, ['a b'], ['a', 'b']],
			],
		);
	});

	test('do not differ in what is empty in one and missing in the other', (t) => {
		t.assert.deepEqual(changes({ config: { User: '', Cmd: [] } }, {}), []);
	});

	test('differ in ports, volumes, labels, platform, time and author', (t) => {
		const older = { os: 'linux', architecture: 'amd64', created: '2025-01-01T00:00:00Z', author: 'A' };
		const newer = {
			os: 'linux',
			architecture: 'arm64',
			config: { ExposedPorts: { '80/tcp': {} }, Volumes: { '/data': {} }, Labels: { version: '2' } },
		};
		t.assert.deepEqual(changes(older, newer), [
			['platform', null, 'linux/amd64', 'linux/arm64'],
			['created', null, '2025-01-01T00:00:00Z', null],
			['author', null, 'A', null],
			['exposedPorts', '80/tcp', null, '80/tcp'],
			['volumes', '/data', null, '/data'],
			['labels', 'version', null, '2'],
		]);
	});

	test('differ in what Docker adds: each setting of the health check, the shell and ONBUILD', (t) => {
		const check = { Test: ['CMD', 'true'], Interval: 30e9, Retries: 3 };
		const older = { config: { Healthcheck: check, Shell: ['/bin/sh', '-c'] } };
		const newer = { config: { Healthcheck: { ...check, Interval: 1.5e9, Retries: 0 }, OnBuild: ['RUN x'] } };
		t.assert.deepEqual(changes(older, newer), [
			['healthcheck', 'interval', '30s', '1.5s'],
			['healthcheck', 'retries', '3', null],
			['shell', null, ['/bin/sh', '-c'], null],
			['onBuild', null, null, ['RUN x']],
		]);
		t.assert.deepEqual(changes(older, { config: {} }).slice(0, 3), [
			['healthcheck', 'interval', '30s', null],
			['healthcheck', 'retries', '3', null],
			['healthcheck', 'test', ['CMD', 'true'], null],
		]);
	});

	test('differ in steps without a layer, each as often as it is there', (t) => {
		const step = (created_by: string) => ({ created_by, empty_layer: true });
		const older = { history: [step('ENV A=1'), step('CMD ["sh"]'), { created_by: 'RUN x' }] };
		const newer = { history: [step('ENV A=1'), step('ENV A=1'), step('CMD ["sh"]')] };
		t.assert.deepEqual(changes(older, newer), [['history', 'ENV A=1', 'ENV A=1', 'ENV A=1 (2 times)']]);
	});

	test('differ in the version and the features of an operating system', (t) => {
		const windows = {
			os: 'windows',
			architecture: 'amd64',
			'os.version': '10.0.20348.1',
			'os.features': ['win32k'],
		};
		t.assert.deepEqual(
			changes(windows, { ...windows, 'os.version': '10.0.20348.2', 'os.features': ['other'] }),
			[
				['osVersion', null, '10.0.20348.1', '10.0.20348.2'],
				['osFeatures', 'other', null, 'other'],
				['osFeatures', 'win32k', 'win32k', null],
			],
		);
	});

	test('differ in the comments of steps that both have, with a layer or without', (t) => {
		const step = (created_by: string | null, comment?: string, empty_layer = false) => ({
			created_by,
			comment,
			empty_layer,
		});
		const older = {
			history: [step(null, 'Imported from a'), step('RUN x', 'one'), step('RUN x'), step('CMD y')],
		};
		const newer = {
			history: [
				step(null, 'Imported from b'),
				step('RUN x', 'one'),
				step('RUN x', 'two'),
				step('CMD y', 'three'),
				step('RUN z', 'buildkit.dockerfile.v0'),
			],
		};
		t.assert.deepEqual(changes(older, newer), [
			['comments', null, 'Imported from a', 'Imported from b'],
			['comments', 'CMD y', null, 'three'],
			['comments', 'RUN x', 'one', 'one, two'],
		]);
	});

	test('may have a label with the name of a method of objects', (t) => {
		const label = (value: string) => ({ config: { Labels: JSON.parse(`{"__proto__":"${value}"}`) } });
		t.assert.deepEqual(changes(label('a'), label('b')), [['labels', '__proto__', 'a', 'b']]);
	});

	test('that differ only in what is cut are not equal', (t) => {
		const long = (end: string) => ({ config: { User: 'x'.repeat(100_000) + end } });
		t.assert.equal(changes(long('a'), long('b')).length, 1);
		const labels = (last: string) => ({
			config: {
				Labels: Object.fromEntries(Array.from({ length: 12_000 }, (_, index) => [`l${index}`, last])),
			},
		});
		const many = (last: string) => {
			const { config } = labels('same');
			return { config: { Labels: { ...config.Labels, l11999: last } } };
		};
		t.assert.equal(changes(many('a'), many('b')).length, 2);
		const steps = (last: string) => ({
			history: [...new Array(10_000).fill({ empty_layer: true }), { created_by: last, empty_layer: true }],
		});
		t.assert.equal(changes(steps('a'), steps('b')).length, 2);
	});
});
