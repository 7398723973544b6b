import { describe, test } from 'node:test';
import fc from 'fast-check';
import { FactError } from '../../../source/facts/fact-reader.ts';
import { nugetReader, parseDepsJson } from '../../../source/facts/packages/nuget.ts';
import type { PackageRecord } from '../../../source/facts/packages/package-facts.ts';
import { factIn } from '../../support/facts/read-fact.ts';

/** As `dotnet publish` writes it for a project with two packages, one of which has native files for several runtimes. */
const published = {
	runtimeTarget: { name: '.NETCoreApp,Version=v8.0', signature: '' },
	compilationOptions: {},
	targets: {
		'.NETCoreApp,Version=v8.0': {
			'App/1.0.0': { dependencies: { Humanizer: '2.14.1' }, runtime: { 'App.dll': {} } },
			'Humanizer/2.14.1': {
				dependencies: { 'SQLitePCLRaw.lib.e_sqlite3': '2.1.6' },
				runtime: { 'lib/net6.0/Humanizer.dll': { assemblyVersion: '2.14.0.0', fileVersion: '2.14.1.0' } },
				resources: { 'lib/net6.0/de/Humanizer.resources.dll': { locale: 'de' } },
			},
			'SQLitePCLRaw.lib.e_sqlite3/2.1.6': {
				runtimeTargets: {
					'runtimes/linux-x64/native/libe_sqlite3.so': {
						rid: 'linux-x64',
						assetType: 'native',
						fileVersion: '0.0.0.0',
					},
				},
			},
			'Microsoft.Extensions.Empty/8.0.0': { runtime: { 'lib/net8.0/_._': {} } },
		},
	},
	libraries: {
		'App/1.0.0': { type: 'project', serviceable: false, sha512: '' },
		'Humanizer/2.14.1': { type: 'package', serviceable: true, path: 'humanizer/2.14.1' },
		'SQLitePCLRaw.lib.e_sqlite3/2.1.6': { type: 'package', serviceable: true },
		'Microsoft.Extensions.Empty/8.0.0': { type: 'package', serviceable: true },
	},
};

const selfContained = {
	runtimeTarget: { name: '.NETCoreApp,Version=v8.0/linux-x64' },
	targets: {
		'.NETCoreApp,Version=v8.0': {},
		'.NETCoreApp,Version=v8.0/linux-x64': {
			'runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.1': {
				runtime: { 'System.Runtime.dll': {} },
				native: { 'libcoreclr.so': {} },
			},
		},
	},
	libraries: { 'runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.1': { type: 'runtimepack' } },
};

function read(document: unknown, path = 'app/App.deps.json'): readonly PackageRecord[] {
	const fact = factIn(nugetReader, path, JSON.stringify(document));
	return fact?.kind === 'packages' ? fact.packages : [];
}

function filesOf({ claim }: PackageRecord): readonly string[] | string {
	return claim.kind === 'paths' ? Buffer.from(claim.paths).toString().split('\0').slice(0, -1) : claim.kind;
}

describe('an application', () => {
	test('has its packages with what each needs, without the project itself', (t) => {
		t.assert.deepEqual(
			read(published).map(({ type, name, version, dependsOn }) => ({ type, name, version, dependsOn })),
			[
				{ type: 'nuget', name: 'Humanizer', version: '2.14.1', dependsOn: [['SQLitePCLRaw.lib.e_sqlite3']] },
				{ type: 'nuget', name: 'SQLitePCLRaw.lib.e_sqlite3', version: '2.1.6', dependsOn: [] },
				{ type: 'nuget', name: 'Microsoft.Extensions.Empty', version: '8.0.0', dependsOn: [] },
			],
		);
	});

	test('has the files of a package where publishing puts them', (t) => {
		t.assert.deepEqual(read(published).map(filesOf), [
			['app/Humanizer.dll', 'app/de/Humanizer.resources.dll'],
			['app/runtimes/linux-x64/native/libe_sqlite3.so'],
			'none',
		]);
	});

	test('that is self-contained has the runtime as a package', (t) => {
		const [runtime] = read(selfContained, 'App.deps.json');
		t.assert.equal(`${runtime.name} ${runtime.version}`, 'Microsoft.NETCore.App.Runtime.linux-x64 8.0.1');
		t.assert.deepEqual(filesOf(runtime), ['System.Runtime.dll', 'libcoreclr.so']);
	});

	test('may say where a file lies, but not outside of its folder', (t) => {
		const assets = {
			'lib/a.dll': { localPath: 'plugins/a.dll' },
			'lib/b.dll': { localPath: '../../etc/passwd' },
			'lib/c\0.dll': {},
		};
		const [only] = read({
			targets: { any: { 'A/1': { runtime: assets } } },
			libraries: { 'A/1': { type: 'package' } },
		});
		t.assert.deepEqual(filesOf(only), ['app/plugins/a.dll']);
	});
});

test('another file of such a name says nothing', (t) => {
	t.assert.equal(factIn(nugetReader, 'app/other.deps.json', '{"dependencies":{}}'), null);
	t.assert.equal(factIn(nugetReader, 'app/other.deps.json', '["a"]'), null);
	t.assert.equal(factIn(nugetReader, 'app/package.json', '{}'), null);
});

test('a damaged file says what is wrong', (t) => {
	t.assert.throws(
		() => factIn(nugetReader, 'a.deps.json', '{"libraries":'),
		new FactError('it is not valid JSON'),
	);
	const libraries = { nameless: { type: 'package' } };
	t.assert.throws(() => read({ libraries }), new FactError('a library whose key is not NAME/VERSION'));
});

test('fields of any type are understood or refused', () => {
	const key = fc.constantFrom(
		'A/1',
		'type',
		'runtime',
		'resources',
		'dependencies',
		'x/../y',
		'name',
		'__proto__',
		'locale',
	);
	const value = fc.letrec((tie) => ({
		node: fc.oneof(
			{ depthSize: 'small' },
			fc.constantFrom('package', 'A/1', '', null, 7),
			fc.array(tie('node')),
			fc.dictionary(key, tie('node')),
		),
	})).node;
	const documents = fc.record({ runtimeTarget: value, targets: value, libraries: value });
	fc.assert(
		fc.property(documents, (document) => {
			try {
				parseDepsJson(Buffer.from(JSON.stringify(document)), { path: 'app/a.deps.json' });
				return true;
			} catch (error) {
				return error instanceof FactError;
			}
		}),
		{ numRuns: 1000 },
	);
});
