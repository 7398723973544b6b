import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { npmReader } from '../../../../source/facts/packages/npm/npm.ts';
import { readFact } from '../../../support/facts/read-fact.ts';
import { orRefused } from '../../../support/or-refused.ts';

const repository = join(import.meta.dirname, '../../../..');

interface Locked {
	readonly name?: string;
	readonly version: string;
	readonly dependencies?: Record<string, string>;
	readonly optionalDependencies?: Record<string, string>;
}

function read(path: string, content: unknown) {
	return readFact(npmReader, { path, mode: 0o644 }, Buffer.from(JSON.stringify(content)));
}

function onlyPackage(path: string, content: unknown) {
	const { fact } = read(path, content);
	return fact?.kind === 'packages' ? fact.packages[0] : null;
}

describe('npm packages', () => {
	test('what is installed here is what npm noted in its lock file, names, versions and dependencies', () => {
		const lock = JSON.parse(readFileSync(join(repository, 'package-lock.json'), 'utf8'));
		const locked = Object.entries<Locked>(lock.packages)
			.filter(([path]) => path !== '' && existsSync(join(repository, path, 'package.json')))
			.map(([path, entry]) => ({
				path,
				version: entry.version,
				needs: Object.keys({ ...entry.dependencies, ...entry.optionalDependencies }).sort(),
			}));
		const found = readdirSync(join(repository, 'node_modules'), { recursive: true, encoding: 'utf8' })
			// The install script of `node` installs more by itself, which the lock file does not know.
			.filter((path) => path.endsWith('package.json') && !path.startsWith('node/node_modules/'))
			.map((path) => `node_modules/${path}`)
			.flatMap((path) => {
				const { fact } = readFact(npmReader, { path }, readFileSync(join(repository, path)));
				return fact?.kind === 'packages' ? fact.packages : [];
			})
			.map(({ claim, version, dependsOn }) => ({
				path: claim.kind === 'folder' ? claim.path : null,
				version,
				needs: dependsOn.flat().sort(),
			}));
		const byPath = (a: { path: string | null }, b: { path: string | null }) =>
			(a.path ?? '') < (b.path ?? '') ? -1 : 1;
		assert.ok(locked.length > 50);
		assert.deepEqual(found.sort(byPath), locked.sort(byPath));
	});

	test('a package in the folder of a scope, and one that another package brought', () => {
		const content = {
			name: '@a/b',
			version: '1.0.0',
			dependencies: { c: '^1' },
			devDependencies: { d: '1' },
		};
		assert.deepEqual(onlyPackage('app/node_modules/x/node_modules/@a/b/package.json', content), {
			type: 'npm',
			name: '@a/b',
			version: '1.0.0',
			architecture: null,
			source: null,
			dependsOn: [['c']],
			provides: [],
			claim: { kind: 'folder', path: 'app/node_modules/x/node_modules/@a/b' },
		});
	});

	test('a package that is installed under another name can be needed by it', () => {
		const found = onlyPackage('node_modules/old-ms/package.json', { name: 'ms', version: '0.7.3' });
		assert.deepEqual([found?.name, found?.provides], ['ms', ['old-ms']]);
	});

	for (const path of [
		'node_modules/package.json',
		'node_modules/@a/package.json',
		'node_modules/a/dist/package.json',
		'node_modules/a/test/@a/b/package.json',
		'node_modules/.cache/package.json',
		'old_node_modules/a/package.json',
		'old_node_modules/@a/b/package.json',
		'node_modules/a/package.json.orig',
	])
		test(`${path} is of no package`, () => {
			assert.equal(read(path, { name: 'a', version: '1.0.0' }).fact, null);
		});

	for (const [path, folder] of [
		['app/package.json', 'app'],
		['package.json', ''],
	])
		test(`${path} says what an application needs, and what only its development does`, () => {
			const content = {
				dependencies: { a: '1' },
				peerDependencies: { b: '1' },
				optionalDependencies: { c: '1' },
				devDependencies: { d: '1' },
			};
			assert.deepEqual(read(path, content).fact, {
				kind: 'npm-project',
				folder,
				needs: ['a', 'c', 'b'],
				devNeeds: ['d'],
			});
		});

	test('outside of node_modules, what asks for nothing or cannot be read is of no application', () => {
		assert.equal(read('app/package.json', { type: 'module' }).fact, null);
		assert.equal(read('app/package.json', [1]).fact, null);
		assert.equal(readFact(npmReader, { path: 'package.json' }, Buffer.from('{{ name }}')).fact, null);
		assert.equal(npmReader.open({ path: 'package.json', bytes: 1e9, mode: 0o644 }), null);
		assert.equal(read('my-package.json', { devDependencies: { d: '1' } }).isOpened, false);
	});

	test('what a package expects beside it', () => {
		const found = onlyPackage('node_modules/a/package.json', {
			name: 'a',
			version: '1',
			peerDependencies: { react: '*' },
		});
		assert.deepEqual([found?.dependsOn, found?.peers], [[], ['react']]);
	});

	test('pnpm and the root of an image', () => {
		for (const path of [
			'node_modules/a/package.json',
			'n/node_modules/.pnpm/a@1.0.0/node_modules/a/package.json',
		])
			assert.equal(onlyPackage(path, { name: 'a', version: '1.0.0' })?.name, 'a');
	});

	test('without a name or a version there is no package', () => {
		for (const content of [
			{},
			{ name: 'a' },
			{ version: '1' },
			{ name: 'a', version: 1 },
			{ name: '', version: '1' },
		])
			assert.equal(read('node_modules/a/package.json', content).fact, null);
	});

	test('what is no JSON object is refused, and so is a file of a gigabyte, before any of it is read', () => {
		assert.throws(() => read('node_modules/a/package.json', [1]), { message: 'it is not a JSON object' });
		assert.throws(() => readFact(npmReader, { path: 'node_modules/a/package.json' }, Buffer.from('{"name')), {
			message: 'it is not JSON',
		});
		const sink = npmReader.open({ path: 'node_modules/a/package.json', bytes: 1e9, mode: 0o644 });
		assert.equal(sink?.isDone, true);
		assert.throws(() => sink?.end(), { message: 'it has 1000000000 bytes, and at most 4194304 are read' });
	});

	test('whatever is in a file, it is a package or refused', () => {
		const part = fc.jsonValue();
		const manifest = fc.record({
			name: part,
			version: part,
			dependencies: part,
			optionalDependencies: part,
			devDependencies: part,
		});
		fc.assert(
			fc.property(manifest, (content) => {
				void orRefused(() => read('node_modules/a/package.json', content));
				void orRefused(() => read('a/package.json', content));
			}),
		);
	});
});
