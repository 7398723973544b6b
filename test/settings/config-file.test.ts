import { describe, test } from 'node:test';
import { FathomError } from '../../source/errors.ts';
import { parseConfig } from '../../source/settings/parse-config.ts';

describe('fathom.yaml', () => {
	test('may hold every setting', (t) => {
		const text = [
			'base: 2',
			'ignore-base: true',
			'baseline: old.json',
			'require-baseline: true',
			'platform: linux/arm64/v8',
			'image: app:latest',
			'verify: true',
			'digests: true',
			'source: docker',
			'namespace: k8s.io',
			'cache: false',
			'cache-size: 200MB',
			'cache-age: 7d',
			'rules:',
			'  lowest-efficiency: 0.95',
			'  highest-wasted-bytes: 20 MB',
			'  highest-wasted-percent: 5%',
			'  max-size: stored:200MB, live:1GB',
			'  max-efficiency-drop: 0.5',
			'  max-size-growth: 10MB,5%',
			'  max-waste-growth: 0',
			'  max-pull: 20MB',
			'  forbid-findings: [risk, owner-changed]',
			'  new-findings: waste',
		].join('\n');
		t.assert.deepEqual(parseConfig(text, 'fathom.yaml'), {
			base: { kind: 'layers', count: 2 },
			baseLine: 1,
			ignoreBase: true,
			baseline: 'old.json',
			requireBaseline: true,
			platform: { os: 'linux', architecture: 'arm64', variant: 'v8' },
			imageName: 'app:latest',
			verify: true,
			digests: true,
			source: 'docker',
			namespace: 'k8s.io',
			cache: false,
			cacheBytes: 200_000_000,
			cacheSeconds: 604_800,
			limits: {
				'lowest-efficiency': 0.95,
				'highest-wasted-bytes': 20_000_000,
				'highest-wasted-percent': 0.05,
				'max-size': { stored: 200_000_000, live: 1_000_000_000 },
				'max-efficiency-drop': 0.5,
				'max-size-growth': { bytes: 10_000_000, percent: 0.05 },
				'max-waste-growth': { bytes: 0 },
				'max-pull': 20_000_000,
				'forbid-findings': { findings: ['risk', 'owner-changed'] },
				'new-findings': { findings: ['waste'] },
			},
		});
	});

	test('may hold the keys of the explorer', (t) => {
		const keysOf = (text: string) => parseConfig(text, 'fathom.yaml').keys;
		t.assert.deepEqual(keysOf('keys: dive'), { label: 'fathom.yaml', preset: 'dive', bindings: [] });
		t.assert.deepEqual(
			keysOf(
				"keys:\n  preset: dive\n  bind:\n    sort: [o, 7]\n    palette: ':'\n    filter: ctrl+f, /\n    mouse: none\n",
			),
			{
				label: 'fathom.yaml',
				preset: 'dive',
				bindings: [
					{ action: 'sort', keys: ['o', '7'], line: 4 },
					{ action: 'palette', keys: [':'], line: 5 },
					{ action: 'filter', keys: ['ctrl+f', '/'], line: 6 },
					{ action: 'mouse', keys: [], line: 7 },
				],
			},
		);
		t.assert.equal(keysOf('keys:'), undefined);
		for (const [text, message] of [
			[
				'keys: [dive]',
				/^fathom\.yaml:1: keys: expected default, dive, or a map with preset and bind, got a list\.$/,
			],
			['keys:\n  preset: vi', /^fathom\.yaml:2: keys\.preset: expected default or dive, got "vi"\.$/],
			['keys:\n  bnid: {}', /^fathom\.yaml:2: keys\.bnid: no such setting\.$/],
			[
				'keys:\n  bind:\n    sort: {}',
				/^fathom\.yaml:3: keys\.bind\.sort: expected a key such as s or Ctrl-A, .* got a map\.$/,
			],
			['keys:\n  bind:\n    sort:', /got nothing\.$/],
			['keys:\n  bind: x', /^fathom\.yaml:2: keys\.bind: expected actions and their keys, got "x"\.$/],
		] as const)
			t.assert.throws(() => keysOf(text), { code: 'settings', message });
	});

	for (const off of ['off', 'false', '"off"']) {
		test(`turns a rule off with ${off}`, (t) => {
			t.assert.deepEqual(parseConfig(`rules:\n  lowest-efficiency: ${off}`, 'fathom.yaml'), {
				limits: { 'lowest-efficiency': null },
			});
		});
	}

	test('may say more of a rule than its limit', (t) => {
		const text = [
			'rules:',
			'  max-size-growth:',
			'    limit: 5%',
			'    level: warn',
			'    reason: " nodes are small "',
			'    ignore: [var/cache, "**/*.map"]',
			'  lowest-efficiency:',
			'    ignore: usr/share/doc/**',
			'  max-pull: 1MB',
		].join('\n');
		t.assert.deepEqual(parseConfig(text, 'fathom.yaml'), {
			limits: { 'max-size-growth': { percent: 0.05 }, 'max-pull': 1_000_000 },
			ruleDetails: {
				'max-size-growth': { level: 'warn', reason: 'nodes are small', ignore: ['var/cache', '**/*.map'] },
				'lowest-efficiency': { ignore: ['usr/share/doc/**'] },
			},
		});
	});

	test('may name an image as the base', (t) => {
		t.assert.deepEqual(parseConfig('base: debian:12', 'fathom.yaml'), {
			base: { kind: 'image', reference: 'debian:12' },
			baseLine: 1,
			limits: {},
		});
	});

	for (const empty of ['', '# nothing yet\n', 'rules:\n  # lowest-efficiency: 0.9\n']) {
		test(`gives no setting if it is ${JSON.stringify(empty)}`, (t) => {
			t.assert.deepEqual(parseConfig(empty, 'fathom.yaml'), { limits: {} });
		});
	}
});

describe('an invalid fathom.yaml', () => {
	const invalid: readonly (readonly [string, string, string?])[] = [
		['bse: 1', 'conf.yaml:1: bse: no such setting.', 'base'],
		[
			'\ncolour: red',
			'conf.yaml:2: colour: no such setting.',
			'One of source, image, platform, base, ignore-base, baseline, require-baseline, allow-missing-layers, verify, digests, copies-from, max-paths, max-path-bytes, cache, cache-size, cache-age, namespace, registry-timeout, registry-rate, plain, theme, ascii, mouse, rules, findings, keys.',
		],
		['lowest-efficiency: 1', 'conf.yaml:1: lowest-efficiency: no such setting.', 'Put it under "rules".'],
		[
			'rules:\n  lowest-eficiency: 1',
			'conf.yaml:2: rules.lowest-eficiency: no such setting.',
			'lowest-efficiency',
		],
		[
			'rules:\n  speed: 1',
			'conf.yaml:2: rules.speed: no such setting.',
			'One of lowest-efficiency, highest-wasted-bytes, highest-wasted-percent, max-size, forbid-findings, max-efficiency-drop, max-size-growth, max-waste-growth, max-pull, forbid, forbid-secrets, budget, new-findings.',
		],
		[
			'base: 1\nrules:\n  lowest-efficiency: high',
			'conf.yaml:3: rules.lowest-efficiency: expected a ratio from 0 to 1 such as 0.9, a percentage such as 90%, or off, got "high".',
		],
		[
			'rules:\n  highest-wasted-percent: 1',
			'conf.yaml:2: rules.highest-wasted-percent: expected a percentage such as 10%, a ratio below 1 such as 0.1, or off, got 1.',
		],
		[
			'rules:\n  highest-wasted-bytes:',
			'conf.yaml:2: rules.highest-wasted-bytes: expected bytes such as 20MB, 20MiB or 20000000, or off, got nothing.',
		],
		['rules: strict', 'conf.yaml:1: rules: expected rules and their limits, got "strict".'],
		[
			'base: -1',
			'conf.yaml:1: base: expected a number of layers such as 1, or an image such as debian:12, got -1.',
		],
		[
			'platform: linux',
			'conf.yaml:1: platform: expected os/arch or os/arch/variant such as linux/arm64, got "linux".',
		],
		['cache-age: 7', 'conf.yaml:1: cache-age: expected an age such as 12h, 30d or 8w, or off, got 7.'],
		['verify: maybe', 'conf.yaml:1: verify: expected true or false, got "maybe".'],
		[
			'base: 1\npassword: secret',
			'conf.yaml:2: password: credentials are never read from a settings file, which others may see.',
			'FATHOM_USERNAME and FATHOM_PASSWORD, or --username with --password-stdin.',
		],
		[
			'username: me',
			'conf.yaml:1: username: credentials are never read from a settings file, which others may see.',
			'FATHOM_USERNAME and FATHOM_PASSWORD, or --username with --password-stdin.',
		],
		[
			'insecure: true',
			'conf.yaml:1: insecure: trust settings are never read from a settings file, which may come from someone else.',
			'--insecure, or FATHOM_INSECURE.',
		],
		[
			'source: dockr',
			'conf.yaml:1: source: expected docker, podman, containerd, registry, archive, oci or container, got "dockr".',
		],
		['- base', 'conf.yaml:1: expected settings such as base or rules, got a list.'],
		[
			'base: {layers: 1}',
			'conf.yaml:1: base: expected a number of layers such as 1, or an image such as debian:12, got a map.',
		],
		[
			'base: &a [*a]',
			'conf.yaml:1: base: expected a number of layers such as 1, or an image such as debian:12, got a list.',
		],
		[
			`platform: ${'9'.repeat(300)}x`,
			`conf.yaml:1: platform: expected os/arch or os/arch/variant such as linux/arm64, got "${'9'.repeat(199)}….`,
		],
		[
			'rules:\n  max-size: total:1GB',
			'conf.yaml:2: rules.max-size: expected a size such as 200MB, stored:200MB or unpacked:500MB,live:300MB, or off, got "total:1GB".',
		],
		[
			'rules:\n  max-size-growth: 1MB,2MB',
			'conf.yaml:2: rules.max-size-growth: expected bytes such as 10MB, a percentage such as 5%, both as in 10MB,5%, or off, got "1MB,2MB".',
		],
		[
			'rules:\n  max-efficiency-drop: 1%',
			'conf.yaml:2: rules.max-efficiency-drop: expected percentage points such as 1 or 0.5, or off, got "1%".',
		],
		[
			'rules:\n  max-size-growth:\n    level: warn\n    limit: much',
			'conf.yaml:4: rules.max-size-growth: expected bytes such as 10MB, a percentage such as 5%, both as in 10MB,5%, or off, got "much".',
		],
		[
			'rules:\n  max-pull:\n    limit: 1MB\n    level: error',
			'conf.yaml:4: rules.max-pull.level: expected fail or warn, got "error".',
		],
		['rules:\n  max-pull:\n    reason: 3', 'conf.yaml:3: rules.max-pull.reason: expected a text, got 3.'],
		['rules:\n  max-pull:\n    limits: 3', 'conf.yaml:3: rules.max-pull.limits: no such setting.', 'limit'],
		[
			'rules:\n  max-pull:\n    limit: 1MB\n    ignore: [var]',
			'conf.yaml:4: rules.max-pull.ignore: max-pull counts stored bytes, of which no path can be left out.',
			'Leave ignore out.',
		],
		[
			'rules:\n  max-size:\n    limit: live:1MB,stored:1MB\n    ignore: [var]',
			'conf.yaml:4: rules.max-size.ignore: the limit is on stored bytes, of which no path can be left out.',
			'Leave ignore out, or set a limit on unpacked or live bytes.',
		],
		[
			'rules:\n  max-size-growth:\n    ignore:\n      - var\n      - 3',
			'conf.yaml:5: rules.max-size-growth.ignore.1: expected a list of globs such as var/cache/**, got 3.',
		],
		[
			'rules:\n  max-size-growth:\n    ignore: "*a*b*c*d*"',
			'conf.yaml:3: rules.max-size-growth.ignore: a glob has at most 3 stars between two slashes.',
		],
		[
			'rules:\n  max-size-growth:\n    ignore:\n      - var\n      - /',
			'conf.yaml:5: rules.max-size-growth.ignore.1: a glob names a path.',
		],
		['image: 1.10', 'conf.yaml:1: image: expected the name of an image, got 1.1.'],
		['base: *lowest', 'conf.yaml: Unresolved alias (the anchor must be set before the alias): lowest.'],
		['base: 1\nbase: 2', 'conf.yaml:2: Map keys must be unique.'],
		[
			'base: [1',
			'conf.yaml:1: Flow sequence in block collection must be sufficiently indented and end with a ].',
		],
		['base: 1\n---\nbase: 2', 'conf.yaml:2: expected one document, got several.'],
	];
	for (const [text, message, hint] of invalid) {
		test(JSON.stringify(text), (t) => {
			t.assert.throws(
				() => parseConfig(text, 'conf.yaml'),
				(error: FathomError) => {
					t.assert.deepEqual(
						{ code: error.code, message: error.message, hint: error.hint },
						{ code: 'settings', message, hint },
					);
					return error instanceof FathomError;
				},
			);
		});
	}
});
