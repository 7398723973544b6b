import assert from 'node:assert/strict';
import { test } from 'node:test';
import { workOutPackages } from '../../../source/analysis/packages/packages.ts';
import type { PackageRecord } from '../../../source/facts/packages/package-facts.ts';
import { file } from '../../support/archives/tar-entry.ts';
import { loadLayers } from '../../support/load-layers.ts';

function recordOf(index: number): PackageRecord {
	return {
		type: 'deb',
		name: `p${index}`,
		version: '1',
		architecture: null,
		source: null,
		dependsOn: [[`p${index + 1}`], [`p${(index * 7919) % 200_000}`]],
		provides: ['virtual', `p${index % 100}`],
		claim: { kind: 'paths', paths: Buffer.from('var/lib/a\0') },
	};
}

test('more packages than any image has are bounded, and worked out in small steps', async () => {
	const names = ['var/lib/a', 'var/lib/b', 'var/lib/c'];
	const { tree, figures } = await loadLayers([names.map((name) => file(name, name.repeat(10)))]);
	const facts = names.map((_, entry) => ({
		reader: 'hostile',
		entry,
		fact: {
			kind: 'packages',
			packages: Array.from({ length: 100_000 }, (_, index) => recordOf(entry * 100_000 + index)),
		},
		problem: null,
	}));
	const steps = workOutPackages(tree, { layers: [facts] });
	let count = 0;
	let step = steps.next();
	for (; step.done !== true; count++) step = steps.next();
	const { packages, unowned } = step.value;
	assert.equal(packages.length, 200_000);
	assert.ok(count > 1000, `${count}`);
	const sum = [...packages, ...unowned].reduce((all, { bytes }) => all + bytes, 0);
	assert.equal(sum, figures.liveBytes);
	// All claim one file: the first by name has it.
	assert.deepEqual([packages[0].name, packages[0].files, packages[1].files], ['p0', 1, 0]);
});
