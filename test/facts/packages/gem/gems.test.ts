import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gemExtensionsReader } from '../../../../source/facts/packages/gem/extensions.ts';
import { gemSpecificationReader } from '../../../../source/facts/packages/gem/specification.ts';
import { factData, factOf, listOf, packagesOf, pathsIn, problemOf } from '../../../support/facts/facts.ts';

const root = 'var/lib/gems/3.1.0';
const read = (path: string, content: Uint8Array | string) =>
	packagesOf(gemSpecificationReader, { path, content })[0];

describe('a gem', () => {
	test('has its folder, and what it needs to run', () => {
		const folder = `${root}/gems/own-1.0.2`;
		assert.deepEqual(read(`${root}/specifications/own-1.0.2.gemspec`, factData('gem/own-1.0.2.gemspec')), {
			type: 'gem',
			name: 'own',
			version: '1.0.2',
			architecture: null,
			source: null,
			dependsOn: [['rack'], ['rexml']],
			provides: [],
			claim: { kind: 'listed', names: [folder], folder },
		});
	});

	test('for a platform has it in the name of its folder', () => {
		const file = 'plat-form_x-2.0.0.pre1-x86_64-linux.gemspec';
		const one = read(`${root}/specifications/${file}`, factData(`gem/${file}`));
		assert.deepEqual(
			[one.name, one.version, one.architecture],
			['plat-form_x', '2.0.0.pre1', 'x86_64-linux'],
		);
		assert.equal(
			one.claim.kind === 'listed' && one.claim.folder,
			`${root}/gems/plat-form_x-2.0.0.pre1-x86_64-linux`,
		);
	});

	test('with compiled extensions has a folder of them by platform', () => {
		const extensions = `${root}/extensions/x86_64-linux/3.1.0/own-1.0.2`;
		assert.deepEqual(listOf(gemExtensionsReader, { path: `${extensions}/gem.build_complete`, content: '' }), {
			kind: 'paths',
			type: 'gem',
			name: `${root}/gems/own-1.0.2`,
			paths: new Uint8Array(),
			folders: [`${root}/gems/own-1.0.2`, extensions],
		});
	});

	test('that Ruby comes with has its files in the library of Ruby', () => {
		const path = 'usr/lib/ruby/gems/3.1.0/specifications/default/digest-3.1.0.gemspec';
		const one = read(path, factData('gem/digest-3.1.0.gemspec'));
		assert.equal(`${one.name} ${one.version}`, 'digest 3.1.0');
		const paths = one.claim.kind === 'paths' ? pathsIn(one.claim.paths) : [];
		assert.ok(paths.includes(path));
		assert.ok(paths.includes('usr/lib/ruby/3.1.0/digest/sha2.rb'));
		assert.ok(paths.includes('usr/lib/ruby/gems/3.1.0/gems/digest-3.1.0/digest/sha2.rb'));
	});

	test('may be told by assignments, and by a RubyGems that has one word for dependencies', () => {
		const one = read(
			'specifications/a-1.gemspec',
			'Gem::Specification.new do |s|\n  s.name = \'a\'\n  s.version = Gem::Version.new("1")\n  s.add_dependency(%q<b>.freeze, [">= 0"])\n' +
				'  s.add_development_dependency(%q<c>.freeze, [])\nend\n',
		);
		assert.deepEqual([one.name, one.version, one.dependsOn], ['a', '1', [['b']]]);
	});

	test('that has a line of megabytes is without that line', () => {
		const path = 'specifications/a-1.gemspec';
		const content = `# stub: a 1 ruby lib\n  s.files = [${'"x",'.repeat(400_000)}]\n  s.add_runtime_dependency(%q<b>)\n`;
		assert.deepEqual([read(path, content).name, read(path, content).dependsOn], ['a', [['b']]]);
		assert.equal(problemOf(gemSpecificationReader, { path, content }), 'line 2: more than 1048576 bytes');
	});

	test('that says nothing, or a name that leads elsewhere, is an error', () => {
		for (const content of [
			'',
			'# stub: ../x 1 ruby lib\n',
			'# stub: a/b 1 ruby lib\n',
			'# stub: a \x1b[1m ruby l\n',
		])
			assert.throws(() => read('specifications/a.gemspec', content), { name: 'FactError' });
	});

	test('is not looked for among sources', () => {
		for (const path of ['app/a.gemspec', 'specifications/x/a.gemspec', 'my-specifications/a.gemspec'])
			assert.equal(factOf(gemSpecificationReader, { path, content: '' }), undefined);
	});
});
