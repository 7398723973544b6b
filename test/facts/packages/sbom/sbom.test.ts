import { describe, test } from 'node:test';
import fc from 'fast-check';
import { FactError } from '../../../../source/facts/fact-reader.ts';
import type { PackageFact } from '../../../../source/facts/packages/package-facts.ts';
import { parseSbom, sbomReader } from '../../../../source/facts/packages/sbom/sbom.ts';
import { finish } from '../../../../source/steps.ts';
import { factIn } from '../../../support/facts/read-fact.ts';

/** As the document of an image by Bitnami lists them. */
const bitnami = {
	SPDXID: 'SPDXRef-DOCUMENT',
	spdxVersion: 'SPDX-2.3',
	packages: [
		spdxPackage('postgresql', 'pkg:bitnami/postgresql@18.6.0-3?arch=amd64&distro=photon-5'),
		spdxPackage('pljava', 'pkg:maven/org.postgresql/pljava@1.6.10'),
		spdxPackage('slf4j', 'pkg:maven/org.slf4j/slf4j-api@2.0.17'),
		{ SPDXID: 'SPDXRef-none', name: 'none' },
	],
	relationships: [
		relationship('postgresql', 'CONTAINS', 'pljava'),
		relationship('pljava', 'DEPENDS_ON', 'slf4j'),
		relationship('pljava', 'DEPENDS_ON', 'nowhere'),
	],
};

const spdx3 = {
	'@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld',
	'@graph': [
		{ type: 'SpdxDocument', spdxId: 'urn:document' },
		{ type: 'software_Package', spdxId: 'urn:a', software_packageUrl: 'pkg:npm/%40scope/a@1.0.0' },
		{ type: 'software_Package', spdxId: 'urn:b', software_packageUrl: 'pkg:npm/b@2.0.0' },
		{ type: 'Relationship', relationshipType: 'dependsOn', from: 'urn:b', to: ['urn:a'] },
	],
};

const cycloneDx = {
	bomFormat: 'CycloneDX',
	specVersion: '1.6',
	metadata: { component: { type: 'application', 'bom-ref': 'app', purl: 'pkg:npm/app@0.1.0' } },
	components: [
		{ 'bom-ref': 'openssl', purl: 'pkg:rpm/fedora/openssl@3.5.0-1.fc43?arch=x86_64&epoch=1' },
		{
			'bom-ref': 'outer',
			purl: 'pkg:golang/example.com/outer@v1.0.0',
			components: [{ 'bom-ref': 'inner', purl: 'pkg:gem/inner@3.0' }],
		},
		{ 'bom-ref': 'twice', purl: 'pkg:gem/inner@3.0' },
	],
	dependencies: [{ ref: 'app', dependsOn: ['outer', 'inner', 'twice'] }, { ref: 'outer' }],
};

function spdxPackage(id: string, purl: string) {
	const reference = { referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl };
	return {
		name: id,
		SPDXID: `SPDXRef-${id}`,
		externalRefs: [{ referenceType: 'cpe23Type', referenceLocator: 'cpe:2.3' }, reference],
	};
}

function relationship(from: string, type: string, to: string) {
	return { spdxElementId: `SPDXRef-${from}`, relationshipType: type, relatedSpdxElement: `SPDXRef-${to}` };
}

function linesOf(fact: PackageFact | null): readonly string[] | null {
	if (fact?.kind !== 'sbom') return null;
	return fact.packages.map(({ type, name, version, architecture, dependsOn, claim }) =>
		[type, name, version, architecture, ...dependsOn.map((names) => `> ${names}`), claim.kind].join(' '),
	);
}

describe('the packages of a document', () => {
	test('SPDX 2', (t) => {
		t.assert.deepEqual(
			linesOf(factIn(sbomReader, 'opt/bitnami/postgresql/.spdx-postgresql.spdx', JSON.stringify(bitnami))),
			[
				'maven org.postgresql:pljava 1.6.10  > org.slf4j:slf4j-api none',
				'maven org.slf4j:slf4j-api 2.0.17  none',
			],
		);
	});

	test('SPDX 3', (t) => {
		t.assert.deepEqual(linesOf(factIn(sbomReader, 'usr/share/app.spdx.json', JSON.stringify(spdx3))), [
			'npm @scope/a 1.0.0  none',
			'npm b 2.0.0  > @scope/a none',
		]);
	});

	test('CycloneDX, with a byte order mark', (t) => {
		t.assert.deepEqual(linesOf(factIn(sbomReader, 'app/bom.json', `\ufeff${JSON.stringify(cycloneDx)}`)), [
			'npm app 0.1.0  > example.com/outer > inner none',
			'rpm openssl 1:3.5.0-1.fc43 x86_64 none',
			'golang example.com/outer v1.0.0  none',
			'gem inner 3.0  none',
		]);
	});
});

test('a document is known by its name', (t) => {
	const isWanted = (path: string) => sbomReader.open({ path, bytes: 9, mode: 0o644 }) !== null;
	const wanted = [
		'a/x.spdx.json',
		'x.cdx.json',
		'bom.json',
		'a/sbom.json',
		'sbom-app.json',
		'.spdx-redis.spdx',
		'a/SBOM.CDX.json',
	];
	const others = ['a/package.json', 'a/carbom.json', 'a/x.spdx', 'a/sbom/x.json', 'a/bom.xml'];
	t.assert.deepEqual([...wanted, ...others].filter(isWanted), wanted);
});

test('other contents of such a name say nothing', (t) => {
	t.assert.equal(factIn(sbomReader, 'bom.json', '[1]'), null);
	t.assert.equal(factIn(sbomReader, 'bom.json', '{"bomFormat":"other"}'), null);
	t.assert.equal(factIn(sbomReader, '.spdx-a.spdx', 'SPDXVersion: SPDX-2.3\n'), null);
});

describe('a document that cannot be read says why', () => {
	for (const [name, text, reason] of [
		['cut off', JSON.stringify(cycloneDx).slice(0, -9), 'it is not valid JSON'],
		['nested without end', `{"a":${'['.repeat(200)}`, 'it nests JSON more than 100 levels deep'],
		['full of values', `{"a":[${'0,'.repeat(300_000)}0]}`, 'it has more than 250000 values of JSON'],
	] as const) {
		test(name, (t) => t.assert.throws(() => factIn(sbomReader, 'bom.json', text), new FactError(reason)));
	}

	test('more than 16 MB', (t) => {
		t.assert.throws(
			() => factIn(sbomReader, 'bom.json', '{}'.padEnd(70_000), { bytes: 20_000_000 }),
			/at most 16777216 are read/,
		);
	});
});

test('fields of any type are understood or left out', () => {
	const key = fc.constantFrom(
		'spdxVersion',
		'packages',
		'relationships',
		'bomFormat',
		'components',
		'dependencies',
		'dependsOn',
		'ref',
		'purl',
		'externalRefs',
		'referenceType',
		'referenceLocator',
		'@context',
		'@graph',
		'type',
		'to',
		'metadata',
		'component',
		'__proto__',
	);
	const { node } = fc.letrec((tie) => ({
		node: fc.oneof(
			{ depthSize: 'small' },
			fc.constantFrom('SPDX-2.3', 'CycloneDX', 'purl', 'pkg:npm/a@1', '', null, 7),
			fc.array(tie('node')),
			fc.dictionary(key, tie('node')),
		),
	}));
	const documents = fc
		.dictionary(key, node)
		.chain((fields) =>
			fc.constantFrom({ ...fields, spdxVersion: 'SPDX-2.2' }, { ...fields, bomFormat: 'CycloneDX' }, fields),
		);
	fc.assert(
		fc.property(documents, (document) => {
			const fact = finish(parseSbom(Buffer.from(JSON.stringify(document))));
			return fact === null || fact.kind === 'sbom';
		}),
		{ numRuns: 1000 },
	);
});
