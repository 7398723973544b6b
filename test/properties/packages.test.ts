import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isVisible } from '../../source/analysis/packages/path-facts.ts';
import { kindOfEntry } from '../../source/filetree/links.ts';
import { DIRECTORY } from '../../source/tar/changeset.ts';
import { type AskedPackages, dpkgFiles, npmPackage, packagesOfLayers } from '../support/analysis/packages.ts';
import { arbitraryLayers } from '../support/archives/arbitrary-layers.ts';
import { file, type TarEntry, whiteout } from '../support/archives/tar-entry.ts';
import { byEachWay } from '../support/facts/fact-ways.ts';
import { runs } from '../support/runs.ts';

const component = fc.constantFrom('a', 'b', 'c', 'a-', 'a.', '..', '.');
const path = fc.array(component, { minLength: 1, maxLength: 4 }).map((components) => components.join('/'));
const name = fc.constantFrom('p', 'q', 'r', 's');

/** A database that claims anything, with needs that go in circles. */
const database = fc
	.uniqueArray(
		fc.record({
			name,
			version: fc.constantFrom('1', '2'),
			dependsOn: fc.constantFrom('p', 'q', 'r | s', 'p, q', 'none'),
			paths: fc.array(
				path.map((each) => `/${each}`),
				{ maxLength: 5 },
			),
		}),
		{ selector: (each) => each.name, maxLength: 4 },
	)
	.map(dpkgFiles);

const diversions = fc
	.array(fc.tuple(path, path, fc.constantFrom(':', 'p', 'q')), { maxLength: 3 })
	.map((all) => [
		file('var/lib/dpkg/diversions', all.map(([from, to, by]) => `/${from}\n/${to}\n${by}\n`).join('')),
	]);

const plainPath = fc
	.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 2 })
	.map((components) => components.join('/'));

const modules = fc
	.array(fc.tuple(plainPath, fc.constantFrom('x', 'y'), fc.constantFrom('1.0.0', '2.0.0')), { maxLength: 3 })
	.map((all) =>
		all.map(([folder, named, version]) =>
			npmPackage(`${folder}/node_modules/${named}`.replace(/^\//, ''), {
				name: named,
				version,
				dependencies: { y: '*' },
			}),
		),
	);

const damage = fc.constantFrom<readonly TarEntry[]>(
	[file('var/lib/dpkg/status', 'no field')],
	[file('var/lib/dpkg/status')],
	[whiteout('var/lib/dpkg/status')],
	[file('a/node_modules/x/package.json', '{')],
);

const withPackages = fc
	.tuple(
		arbitraryLayers,
		fc.array(
			fc.oneof(
				{ weight: 4, arbitrary: database },
				{ weight: 1, arbitrary: diversions },
				{ weight: 3, arbitrary: modules },
				{ weight: 1, arbitrary: damage },
			),
			{ minLength: 1, maxLength: 4 },
		),
	)
	.map(([layers, added]) => {
		const all = layers.map((layer) => [...layer]);
		for (const [index, entries] of added.entries()) all[index % all.length].push(...entries);
		return all;
	});

function requireWhole({ session, packages, unowned, owners, bytes }: AskedPackages): void {
	const { tree, figures } = session;
	const sum = (parts: readonly { readonly bytes: number }[]) =>
		parts.reduce((all, part) => all + part.bytes, 0);
	assert.equal(sum(packages) + sum(unowned), figures.liveBytes);
	const own = packages.map(() => ({ files: 0, bytes: 0 }));
	const nobody = { files: 0, bytes: 0 };
	for (let node = 1; node < tree.nodeCount; node++) {
		const isFile = isVisible(tree, node) && kindOfEntry(tree, tree.changeStarts[node + 1] - 1) !== DIRECTORY;
		if (!isFile) {
			assert.equal(bytes[node], 0);
			continue;
		}
		const owner = own[owners[node]] ?? nobody;
		owner.files += 1;
		owner.bytes += bytes[node];
	}
	assert.deepEqual(
		packages.map(({ files, bytes }) => ({ files, bytes })),
		own,
	);
	assert.equal(sum(unowned), nobody.bytes);
	for (const { bytes, addedBytes } of packages) assert.ok(addedBytes >= bytes && addedBytes <= sum(packages));
	for (const [index, { dependsOn, requiredBy }] of packages.entries()) {
		for (const needed of dependsOn) assert.ok(packages[needed].requiredBy.includes(index));
		for (const needing of requiredBy) assert.ok(packages[needing].dependsOn.includes(index));
	}
}

test('every live byte has one owner or is nobody’s, and all of them add up', async () => {
	await fc.assert(
		fc.asyncProperty(withPackages, async (layers) => requireWhole(await packagesOfLayers(layers))),
		{ numRuns: runs(1500) },
	);
});

test('the facts and the packages are the same by each way of reading', async () => {
	await fc.assert(
		fc.asyncProperty(withPackages, async (layers) => {
			const [[, first], ...others] = await byEachWay(layers);
			for (const [way, known] of others) assert.deepEqual(known, first, way);
		}),
		{ numRuns: runs(60) },
	);
});
