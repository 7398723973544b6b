import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factWarnings } from '../../source/analysis/fact-warnings.ts';
import { finish } from '../../source/steps.ts';
import { npmPackage, packagesOfLayers } from '../support/analysis/packages.ts';
import { file, type TarEntry } from '../support/archives/tar-entry.ts';

async function warningsOf(...layers: readonly (readonly TarEntry[])[]) {
	const { session, facts } = await packagesOfLayers(layers);
	return finish(factWarnings(session.tree, facts));
}

test('files that cannot be read are one warning for each layer and kind, with the first of them', async () => {
	const warnings = await warningsOf(
		[
			npmPackage('node_modules/good', { name: 'good', version: '1.0.0' }),
			file('var/lib/dpkg/status', 'Package: a\nno field\n'),
			file('node_modules/bad/package.json', '{"name": '),
			file('node_modules/worse/package.json', '{"name": '),
		],
		[npmPackage('node_modules/good', { name: 'good', version: '2.0.0' })],
		[file('lib/apk/db/installed', 'P:a\nnothing')],
	);
	assert.deepEqual(
		warnings.map(({ message, ...rest }) => rest),
		[
			{ code: 'content-not-readable', layerIndex: 0, count: 2, example: 'node_modules/bad/package.json' },
			{ code: 'content-not-readable', layerIndex: 0, count: 1, example: 'var/lib/dpkg/status' },
			{ code: 'content-not-readable', layerIndex: 2, count: 1, example: 'lib/apk/db/installed' },
		],
	);
	assert.match(warnings[1].message, /left out: line 2: it is not a field with a name and a value\.$/);
	assert.match(warnings[0].message, /left out: it is not JSON\.$/);
});

test('nothing of an image gets into the sentence of a warning', async () => {
	const { session } = await packagesOfLayers([[file('a', 'x')]]);
	const problem = `it cannot be read (\u001b[2J\u202e${'x'.repeat(10_000)})`;
	const facts = { layers: [[{ reader: 'r', entry: 0, fact: null, problem }]] };
	const [{ message }] = finish(factWarnings(session.tree, facts));
	assert.match(message, /^[\x20-\x7E]{1,300}$/);
});
