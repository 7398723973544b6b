import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type PackageRecord, packageTypes } from '../../../source/facts/packages/package-facts.ts';
import { formatPurl, identityOf, type Purl, parsePurl, purlOf } from '../../../source/facts/packages/purl.ts';

type PlainPurl = Omit<Purl, 'qualifiers'> & { readonly qualifiers: Readonly<Record<string, string>> };

/**
 * From the tests of the Package-URL specification (MIT, the purl authors) of the types that are known. Subpaths are left out of packages. Two
 * of the tests contradict others about keys in upper case: those that accept them hold.
 */
const specification: {
	readonly parse: Readonly<Record<string, PlainPurl>>;
	readonly canonical: Readonly<Record<string, string>>;
	readonly build: Readonly<Record<string, PlainPurl>>;
	readonly wrong: readonly string[];
} = JSON.parse(readFileSync(new URL('../data/purl-specification.json', import.meta.url), 'utf8'));

function plain(purl: Purl | null): PlainPurl | null {
	return purl && { ...purl, qualifiers: Object.fromEntries(purl.qualifiers) };
}

describe('the examples of the specification', () => {
	for (const [text, parts] of Object.entries(specification.parse))
		test(`${text} is parsed`, (t) => t.assert.deepEqual(plain(parsePurl(text)), parts));
	for (const [text, canonical] of Object.entries(specification.canonical)) {
		test(`${text} has a canonical form`, (t) => {
			const parsed = parsePurl(text);
			t.assert.equal(parsed && formatPurl(parsed), canonical.replace(/#.*/, ''));
		});
	}
	for (const [text, parts] of Object.entries(specification.build)) {
		test(`${text} is built`, (t) => {
			t.assert.equal(formatPurl({ ...parts, qualifiers: new Map(Object.entries(parts.qualifiers)) }), text);
		});
	}
	for (const text of specification.wrong) {
		test(`${text} is none`, (t) => t.assert.equal(parsePurl(text), null));
	}
});

const debian = { id: 'debian', versionId: '13' };

function record(
	type: PackageRecord['type'],
	name: string,
	version: string,
	architecture: string | null = null,
) {
	return {
		type,
		name,
		version,
		architecture,
		source: null,
		dependsOn: [],
		provides: [],
		claim: { kind: 'none' },
	} as const;
}

describe('the package URL of a package', () => {
	const cases: readonly (readonly [PackageRecord, string])[] = [
		[
			record('deb', 'attr', '1:2.5.2-3+b1', 'amd64'),
			'pkg:deb/debian/attr@1:2.5.2-3%2Bb1?arch=amd64&distro=debian-13',
		],
		[
			record('rpm', 'dbus', '3:1.0-1', 'noarch'),
			'pkg:rpm/debian/dbus@1.0-1?arch=noarch&distro=debian-13&epoch=3',
		],
		[record('npm', '@angular/core', '1.0.0'), 'pkg:npm/%40angular/core@1.0.0'],
		[record('npm', 'left-pad', '1.3.0'), 'pkg:npm/left-pad@1.3.0'],
		[record('maven', 'org.slf4j:slf4j-api', '2.0'), 'pkg:maven/org.slf4j/slf4j-api@2.0'],
		[
			record('golang', 'github.com/BurntSushi/toml', 'v1.2.0'),
			'pkg:golang/github.com/BurntSushi/toml@v1.2.0',
		],
		[record('golang', 'stdlib', '1.25.0'), 'pkg:golang/stdlib@1.25.0'],
		[record('pypi', 'Typing_Extensions', '4.0'), 'pkg:pypi/typing-extensions@4.0'],
		[record('gem', 'nokogiri', '1.18.0', 'x86_64-linux'), 'pkg:gem/nokogiri@1.18.0?platform=x86_64-linux'],
		[record('cargo', 'serde', '1.0.0'), 'pkg:cargo/serde@1.0.0'],
		[record('nuget', 'Serilog', ''), 'pkg:nuget/Serilog'],
	];
	for (const [described, purl] of cases)
		test(`${purl}`, (t) => t.assert.equal(purlOf(described, debian), purl));

	test('names the distribution only as far as it is known', (t) => {
		const musl = record('apk', 'musl', '1.2.5-r9', 'x86_64');
		t.assert.equal(purlOf(musl, null), 'pkg:apk/musl@1.2.5-r9?arch=x86_64');
		const rolling = purlOf(musl, { id: 'wolfi', versionId: null });
		t.assert.equal(rolling, 'pkg:apk/wolfi/musl@1.2.5-r9?arch=x86_64&distro=wolfi');
	});

	test('leads back to the package', () => {
		const name = fc
			.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
			.map((text) => text.replaceAll('/', '_'));
		fc.assert(
			fc.property(fc.constantFrom(...packageTypes), name, name, (type, first, version) => {
				const text = purlOf(record(type, first, version, 'arm64'), debian);
				const parsed = parsePurl(text);
				return parsed !== null && formatPurl(parsed) === text && identityOf(parsed)?.type === type;
			}),
		);
	});
});

test('any text is a package URL or none', () => {
	const part = fc.constantFrom('pkg:', 'npm', '/', '@', '?', '#', '%', '%2F', '%ff', 'a', '=', '&', '\ud800');
	fc.assert(
		fc.property(
			fc.array(part).map((parts) => parts.join('')),
			(text) => {
				const parsed = parsePurl(text);
				return parsed === null || formatPurl(parsed).startsWith('pkg:');
			},
		),
		{ numRuns: 2000 },
	);
});

test('a type that is not known has no identity', (t) => {
	const parsed = parsePurl('pkg:bitnami/redis@7.4.1-0?arch=arm64');
	t.assert.equal(parsed && identityOf(parsed), null);
});
