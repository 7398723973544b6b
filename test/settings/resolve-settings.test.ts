import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { FathomError } from '../../source/errors.ts';
import type { CommandName } from '../../source/settings/commands.ts';
import { resolveSettings } from '../../source/settings/resolve-settings.ts';
import { defaultSettings, type Settings } from '../../source/settings/settings.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Given {
	readonly command?: CommandName;
	readonly flags?: Readonly<Record<string, string>>;
	readonly environment?: Readonly<Record<string, string>>;
	/** The text of fathom.yaml in the current folder. */
	readonly file?: string;
	/** Other files in the current folder. */
	readonly otherFiles?: Readonly<Record<string, string>>;
}

describe('settings', () => {
	test('are the defaults if no place gives any', async (t) => {
		t.assert.deepEqual(await resolve(t, {}), {
			source: null,
			imageName: null,
			platform: null,
			base: null,
			dockerfile: null,
			target: null,
			ignoreBase: false,
			online: false,
			baseline: null,
			requireBaseline: false,
			asLayer: false,
			over: null,
			allowMissingLayers: false,
			verify: false,
			digests: false,
			copiesBytes: 4000,
			plain: null,
			theme: 'auto',
			ascii: null,
			mouse: null,
			maxPaths: 6_000_000,
			maxPathBytes: 512 * 1024 * 1024,
			cache: true,
			cacheBytes: 1_000_000_000,
			cacheSeconds: 2_592_000,
			namespace: null,
			insecure: false,
			registrySeconds: 60,
			registryBytesPerSecond: 1000,
			username: null,
			limits: {
				'lowest-efficiency': 0.9,
				'highest-wasted-bytes': null,
				'highest-wasted-percent': 0.1,
				'max-size': null,
				'forbid-findings': null,
				'max-efficiency-drop': 1,
				'max-size-growth': null,
				'max-waste-growth': null,
				'max-pull': null,
				forbid: null,
				'forbid-secrets': null,
				budget: null,
				'new-findings': null,
			},
			ruleDetails: {},
			accepted: [],
			baseLine: null,
			keys: null,
		});
	});

	for (const [variable, key, text, value] of [
		['FATHOM_DIGESTS', 'digests', '1', true],
		['FATHOM_IMAGE', 'imageName', 'app:2', 'app:2'],
		['FATHOM_MAX_PATHS', 'maxPaths', '10000000', 10_000_000],
		['FATHOM_MAX_PATHS', 'maxPaths', 'off', null],
		['FATHOM_MAX_PATH_BYTES', 'maxPathBytes', '1GiB', 2 ** 30],
		['FATHOM_CACHE', 'cache', 'off', false],
		['FATHOM_CACHE_SIZE', 'cacheBytes', '2GB', 2_000_000_000],
		['FATHOM_CACHE_AGE', 'cacheSeconds', 'off', null],
		['FATHOM_REGISTRY_TIMEOUT', 'registrySeconds', '5m', 300],
		['FATHOM_REGISTRY_RATE', 'registryBytesPerSecond', 'off', null],
	] as const) {
		test(`${key} comes from ${variable}`, async (t) => {
			const settings = await resolve(t, { environment: { [variable]: text } });
			t.assert.deepEqual(settings, { ...defaultSettings, [key]: value });
		});
	}

	test('come from flags first, then from the environment, then from fathom.yaml', async (t) => {
		const file = 'base: 1\nrules:\n  lowest-efficiency: 0.1';
		const environment = { FATHOM_BASE: '2', FATHOM_LOWEST_EFFICIENCY: '0.2' };
		const flags = { base: '3', 'lowest-efficiency': '0.3' };
		const bothOf = ({ base, limits }: Settings) => [
			base?.kind === 'layers' && base.count,
			limits['lowest-efficiency'],
		];
		t.assert.deepEqual(bothOf(await resolve(t, { flags, environment, file })), [3, 0.3]);
		t.assert.deepEqual(bothOf(await resolve(t, { environment, file })), [2, 0.2]);
		t.assert.deepEqual(bothOf(await resolve(t, { file })), [1, 0.1]);
	});

	test('do not come from a flag that has another meaning for the command', async (t) => {
		const flags = { 'max-size': '1GB' };
		const limitOf = async (command: CommandName) => (await resolve(t, { command, flags })).limits['max-size'];
		t.assert.equal(await limitOf('cache prune'), null);
		t.assert.deepEqual(await limitOf('ci'), { unpacked: 1e9 });
	});

	test('that one place does not give come from the next', async (t) => {
		const settings = await resolve(t, {
			flags: { 'lowest-efficiency': '95%' },
			environment: { FATHOM_HIGHEST_WASTED_BYTES: '1MB' },
			file: 'platform: linux/arm64\nrules:\n  lowest-efficiency: off',
		});
		t.assert.deepEqual(settings, {
			...defaultSettings,
			platform: { os: 'linux', architecture: 'arm64', variant: null },
			limits: {
				...defaultSettings.limits,
				'lowest-efficiency': 0.95,
				'highest-wasted-bytes': 1_000_000,
			},
		});
	});

	test('choose the source of images and the credentials for it', async (t) => {
		const settings = await resolve(t, {
			flags: { username: 'me' },
			environment: { FATHOM_SOURCE: 'registry', FATHOM_USERNAME: 'other', FATHOM_INSECURE: '1' },
			file: 'source: podman\nnamespace: k8s.io',
		});
		const { source, username, insecure, namespace } = settings;
		t.assert.deepEqual([source, username, insecure, namespace], ['registry', 'me', true, 'k8s.io']);
	});

	test('that one place turns off are off, whatever the next place gives', async (t) => {
		const settings = await resolve(t, {
			flags: { verify: 'false', 'lowest-efficiency': 'off' },
			file: 'verify: true\nrules:\n  lowest-efficiency: 0.5',
		});
		t.assert.deepEqual([settings.verify, settings.limits['lowest-efficiency']], [false, null]);
	});

	test('are not read from an empty variable', async (t) => {
		t.assert.deepEqual(
			await resolve(t, { environment: { FATHOM_BASE: '', FATHOM_CONFIG: '' } }),
			defaultSettings,
		);
	});

	test('are read from the file that --config names, then FATHOM_CONFIG, instead of fathom.yaml', async (t) => {
		const given = {
			environment: { FATHOM_CONFIG: 'environment.yaml' },
			file: 'base: 1',
			otherFiles: { 'environment.yaml': 'base: 2', 'flag.yaml': 'base: 3' },
		};
		t.assert.deepEqual((await resolve(t, given)).base, { kind: 'layers', count: 2 });
		t.assert.deepEqual((await resolve(t, { ...given, flags: { config: 'flag.yaml' } })).base, {
			kind: 'layers',
			count: 3,
		});
	});
});

describe('invalid settings', () => {
	const invalid: readonly (readonly [string, Given, string, string])[] = [
		[
			'a flag',
			{ flags: { base: '-2' } },
			'usage',
			'--base: expected a number of layers such as 1, or an image such as debian:12, got "-2".',
		],
		[
			'a variable',
			{ environment: { FATHOM_HIGHEST_WASTED_BYTES: 'lots' } },
			'usage',
			'FATHOM_HIGHEST_WASTED_BYTES: expected bytes such as 20MB, 20MiB or 20000000, or off, got "lots".',
		],
		[
			'a switch',
			{ environment: { FATHOM_VERIFY: 'perhaps' } },
			'usage',
			'FATHOM_VERIFY: expected true or false, got "perhaps".',
		],
		[
			'a platform',
			{ flags: { platform: 'arm64' } },
			'usage',
			'--platform: expected os/arch or os/arch/variant such as linux/arm64, got "arm64".',
		],
		['a key of the file', { file: 'bsae: 1' }, 'settings', 'fathom.yaml:1: bsae: no such setting.'],
		[
			'a file that does not exist',
			{ flags: { config: 'gone.yaml' } },
			'settings',
			'FOLDER/gone.yaml: no such file.',
		],
		['a folder as a file', { flags: { config: '.' } }, 'settings', 'FOLDER: cannot be read: it is a folder.'],
	];
	for (const [what, given, code, message] of invalid) {
		test(what, async (t) => {
			await t.assert.rejects(resolve(t, given), (error: FathomError) => {
				const shown = error.message.replaceAll(/\S*fathom-test-\w+/g, 'FOLDER');
				t.assert.deepEqual({ code: error.code, message: shown }, { code, message });
				return error instanceof FathomError;
			});
		});
	}
});

/** The paths in `--config` and FATHOM_CONFIG are relative to the folder. */
async function resolve(t: TestContext, given: Given): Promise<Settings> {
	const folder = await temporaryFolder(t);
	const { command = 'ci', flags = {}, environment = {}, file, otherFiles = {} } = given;
	const files = { ...otherFiles, ...(file !== undefined && { 'fathom.yaml': file }) };
	for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
	const inFolder = (values: Readonly<Record<string, string>>, key: string) =>
		values[key] ? { ...values, [key]: join(folder, values[key]) } : values;
	return resolveSettings({
		command,
		flags: new Map(Object.entries(inFolder(flags, 'config'))),
		environment: inFolder(environment, 'FATHOM_CONFIG'),
		folder,
	});
}
