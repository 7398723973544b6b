import { describe, test } from 'node:test';
import { dpkgFiles, npmPackage, packagesOfSession } from '../../support/analysis/packages.ts';
import { file } from '../../support/archives/tar-entry.ts';
import { knownOfContents } from '../../support/facts/fact-ways.ts';
import type { LoadOptions } from '../../support/load-image.ts';
import { startRegistry } from './fake-registry.ts';
import { blobRequests, loadFrom } from './load-from-registry.ts';
import { contentOfLayers } from './toc-content.ts';
import { estargzLayer } from './write-toc-layer.ts';

const layers = [
	[file('usr/bin/a', 'x'.repeat(100)), ...dpkgFiles([{ name: 'a', paths: ['/usr/bin/a'] }])],
	[npmPackage('node_modules/b', { name: 'b', version: '1.0.0' }), file('node_modules/b/c', 'y')],
].map((entries) => estargzLayer(entries, { isLossless: true }));

const wanted: LoadOptions = { facts: ['packages'] };

describe('the packages of an image in a registry', () => {
	test('are those of its layers, wanted from the start or only later', async (t) => {
		const server = await startRegistry(t, { content: contentOfLayers(layers, { withTables: false }) });
		const passing = await loadFrom(server, wanted);
		const requests = server.requests.length;
		const known = await knownOfContents(passing);
		t.assert.equal(server.requests.length, requests);
		t.assert.deepEqual(
			known.packages.map(({ name, path, layerIndex }) => [name, path, layerIndex]),
			[
				['a', 'var/lib/dpkg/status', 0],
				['b', 'node_modules/b/package.json', 1],
			],
		);
		t.assert.deepEqual(known.unreadLayers, []);
		const later = await loadFrom(server);
		t.assert.deepEqual(await knownOfContents(later), known);
		await Promise.all([passing.close(), later.close()]);
	});

	test('are not guessed where only a table of contents was read, and nothing is fetched for them', async (t) => {
		const [first, second] = layers;
		const server = await startRegistry(t, {
			content: contentOfLayers([first, { ...second, annotations: {} }]),
		});
		for (const options of [wanted, {}]) {
			const session = await loadFrom(server, options);
			const requests = blobRequests(server).length;
			const { packages, unowned, unreadLayers, facts } = await packagesOfSession(session);
			t.assert.deepEqual(
				packages.map(({ name }) => name),
				['b'],
			);
			t.assert.deepEqual(unreadLayers, [0]);
			t.assert.equal(facts.layers[0], null);
			t.assert.deepEqual(unowned.find(({ folder }) => folder === 'usr')?.bytes, 100);
			if (options === wanted) t.assert.equal(blobRequests(server).length, requests);
			await session.close();
		}
	});
});
