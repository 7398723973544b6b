import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { FathomError } from '../../source/errors.ts';
import { parseProvenance } from '../../source/image/provenance.ts';
import { linesOfProvenance } from '../../source/image/provenance-lines.ts';
import { filesOfArchive } from '../support/archives/files-of-archive.ts';
import { loadImage } from '../support/load-image.ts';

const lines = [5, 18, 19, 20, 21, 22, 26, 30, 33];

function pathOf(version: string): string {
	return fileURLToPath(new URL(`data/buildkit/provenance-${version}.tar`, import.meta.url));
}

/** The statement in an archive as BuildKit wrote it. */
function statementIn(version: string): Buffer {
	const files = filesOfArchive(readFileSync(pathOf(version)));
	const found = [...files.values()].find((bytes) => bytes.includes('"predicateType"'));
	assert.ok(found);
	return Buffer.from(found);
}

for (const version of ['v0.2', 'v1'])
	describe(`BuildKit's provenance ${version}`, () => {
		test('says which line made each layer; of two that made the same, none', async () => {
			const { image } = await loadImage(pathOf(version));
			assert.ok(image.provenance);
			const found = linesOfProvenance(image.provenance, image.description.layers);
			assert.equal(found.problem, null);
			assert.deepEqual(
				found.instructions.map((line) => line?.line ?? null),
				[...lines, 34, 35],
			);
			assert.deepEqual(found.instructions[7], {
				file: 'Dockerfile',
				line: 30,
				text: 'RUN --mount=type=cache,target=/cache \\\n    echo one > /one && \\\n    chown -R 1000:1000 /srv',
			});
		});

		test('names build arguments, and keeps no value of one that looks secret', () => {
			const provenance = parseProvenance(statementIn(version), 'it');
			assert.deepEqual(provenance?.buildArguments, [
				{ name: 'API_TOKEN', value: null },
				{ name: 'SOURCE_DATE_EPOCH', value: '0' },
				{ name: 'VERSION', value: '2' },
			]);
			assert.doesNotMatch(JSON.stringify(provenance), /hidden-value/);
		});

		test('is not believed where the history says something else', async () => {
			const { image } = await loadImage(pathOf(version));
			assert.ok(image.provenance);
			const steps = image.provenance.steps.map((step) => ({
				...step,
				line: step.line === 19 ? 20 : step.line,
			}));
			const found = linesOfProvenance({ ...image.provenance, steps }, image.description.layers);
			assert.equal(found.instructions[2], null);
			assert.equal(found.instructions[3]?.line, 20);
			assert.equal(
				found.problem,
				'it names other lines than the history of the image has: these are left out.',
			);
			const others = image.description.layers.map((layer) => ({
				...layer,
				digest: `sha256:${'0'.repeat(64)}`,
			}));
			assert.ok(linesOfProvenance(image.provenance, others).instructions.every((line) => line === null));
		});

		test('is not believed where its lines or layers cannot be any', async () => {
			const { image } = await loadImage(pathOf(version));
			const whole = statementIn(version).toString();
			const statements = [
				whole.replaceAll(/"line":\s*19\b/g, '"line": 0'),
				whole.replaceAll(/"line":\s*19\b/g, '"line": "19"'),
				whole.replaceAll(/"digest":\s*"sha256:/g, '"digest": "sha256:zz'),
			];
			for (const statement of statements) {
				assert.notEqual(statement, whole);
				const provenance = parseProvenance(Buffer.from(statement), 'it');
				assert.ok(provenance);
				assert.equal(
					linesOfProvenance(provenance, image.description.layers).problem,
					'some lines or layers that it names cannot be any: these are not believed.',
				);
			}
		});

		test('can be anything: it is read or refused', () => {
			const whole = statementIn(version);
			const edit = fc.record({
				at: fc.nat(whole.length - 1),
				byte: fc.constantFrom(...Buffer.from('{}[]",:0-a')),
			});
			fc.assert(
				fc.property(fc.array(edit, { maxLength: 4 }), (edits) => {
					const bytes = Buffer.from(whole);
					for (const { at, byte } of edits) bytes[at] = byte;
					try {
						const provenance = parseProvenance(bytes, 'it');
						if (provenance !== null) linesOfProvenance(provenance, [{ digest: null, instruction: 'RUN a' }]);
					} catch (error) {
						assert.ok(error instanceof FathomError);
					}
				}),
			);
		});
	});

describe('what an image was built on', () => {
	test('has the digest that the provenance says', () => {
		const digest = { sha256: 'a'.repeat(64) };
		const material = { uri: 'pkg:docker/debian@12', digest };
		const old = JSON.parse(statementIn('v0.2').toString());
		old.predicate.materials = [material, { uri: 'pkg:docker/other', digest: { sha256: 'short' } }, null];
		const expected = [{ uri: material.uri, digest: `sha256:${digest.sha256}` }];
		assert.deepEqual(parseProvenance(Buffer.from(JSON.stringify(old)), 'it')?.materials, expected);
		const current = JSON.parse(statementIn('v1').toString());
		current.predicate.buildDefinition.resolvedDependencies = [material];
		assert.deepEqual(parseProvenance(Buffer.from(JSON.stringify(current)), 'it')?.materials, expected);
	});
});
