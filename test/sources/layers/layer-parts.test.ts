import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { FathomError } from '../../../source/errors.ts';
import { changesetOf, mostPartsOf, tasksFor } from '../../../source/sources/layers/layer-parts.ts';
import type { PartTask, ScanTask } from '../../../source/sources/workers/layer-task.ts';
import { LayerWorkers } from '../../../source/sources/workers/layer-workers.ts';
import { runLayerTask } from '../../../source/sources/workers/run-layer-task.ts';
import type { Changeset } from '../../../source/tar/changeset.ts';
import type { ScannedPart } from '../../../source/tar/parts/scan-part.ts';
import { paxHeader, rawEntry, rawTar } from '../../support/archives/raw-tar.ts';
import { file } from '../../support/archives/tar-entry.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { identityKey, layerOf, noPause, readEach, readInParts, taskFor, wordsOf } from './packed-layers.ts';

/** About 6 MB, of which 2 MB are left when it is packed; with names that need extension headers. */
const tar = layerOf(300, 1);
const packed = gzipSync(tar, { level: 1 });

suite('a layer that is read in parts', () => {
	for (const level of [1, 6, 9]) {
		for (const parts of [2, 3, 5]) {
			test(`has the changeset of the whole one: ${parts} parts, level ${level}`, async (t) => {
				const task = taskFor(await temporaryFolder(t), gzipSync(tar, { level }));
				const tasks = await tasksFor(task, parts);
				const results = await readEach(tasks);
				assert.deepEqual(results.map(doesEndAtSplitPoint), [...Array(parts - 1).fill(true), false]);
				assert.deepEqual(changesetOf(results), await runLayerTask(task, noPause));
			});
		}
	}

	test('may be of several gzip members, each with its own checksum', async (t) => {
		const folder = await temporaryFolder(t);
		for (const memberBytes of [700_000, 1_500_001, 2_000_001]) {
			const task = taskFor(folder, inMembers(tar, memberBytes));
			for (const parts of [2, 3]) {
				const results = await readEach(await tasksFor(task, parts));
				assert.deepEqual(results.map(doesEndAtSplitPoint), [...Array(parts - 1).fill(true), false]);
				assert.deepEqual(changesetOf(results), await runLayerTask(task, noPause));
			}
		}
	});

	test('has extended attributes and warnings as the whole one, in the same order', async (t) => {
		const lone = new Uint8Array(512);
		const second = Buffer.concat([new Uint8Array(1024), rawEntry(file('second'))]);
		const entries = Array.from({ length: 300 }, (_, index) => {
			const xattrs = index % 3 === 0 ? { 'user.index': String(index) } : {};
			const odd = index % 10 === 5 ? [rawEntry(file(`../${index}`))] : [];
			const bad = index % 100 === 70 ? [paxHeader({ uid: 'x' })] : [];
			return [
				...odd,
				...bad,
				rawEntry(file(`file-${index}`, wordsOf((index * 7919) % 40_000, index), { xattrs })),
			];
		}).flat();
		for (const layer of [
			rawTar([...entries, second]),
			rawTar([...entries.flatMap((entry, index) => (index % 5 === 4 ? [entry, lone] : [entry])), second]),
		]) {
			const task = taskFor(await temporaryFolder(t), gzipSync(layer, { level: 1 }));
			const tasks = await tasksFor(task, 3);
			assert.equal(tasks.length, 3);
			const whole = await runLayerTask(task, noPause);
			assert.deepEqual(await readInParts(tasks), whole);
			const codes = whole.warnings.map(({ code }) => code);
			assert.deepEqual(
				codes.filter((code) => code !== 'lone-zero-block'),
				['path-escapes-root', 'malformed-extended-header', 'second-archive'],
			);
			assert.equal(whole.attributes?.entries.length, 100);
		}
	});

	test('may be read by several threads', async (t) => {
		const task = taskFor(await temporaryFolder(t), packed);
		const workers = new LayerWorkers();
		workers.start({ tasks: 2, cost: Number.MAX_SAFE_INTEGER });
		try {
			// So often that they are not all done before the worker runs.
			const tasks = Array(20)
				.fill(await tasksFor(task, 6))
				.flat();
			const results = await workers.run<ScanTask | PartTask>(tasks, { signal: undefined });
			const whole = await runLayerTask(task, noPause);
			for (let start = 0; start < tasks.length; start += 6)
				assert.deepEqual(changesetOf(results.slice(start, start + 6)), whole);
		} finally {
			await workers.close();
		}
	});

	test('is read to its end by the first part where the seam turns out to be in a tar inside a file', async (t) => {
		const outer = rawTar([
			rawEntry(file('a', 'a')),
			rawEntry(file('inner.tar', tar)),
			rawEntry(file('z', 'z')),
		]);
		const task = taskFor(await temporaryFolder(t), gzipSync(outer));
		const tasks = await tasksFor(task, 2);
		assert.equal(tasks.length, 2);
		const whole = await runLayerTask(task, noPause);
		assert.equal(whole.count, 3);
		assert.deepEqual(await readInParts(tasks), whole);
	});

	test('is read to its end by the first part where the seam turns out to be in gzip data inside a file', async (t) => {
		const inner = rawEntry(file('inner.tar.gz', packed));
		const outer = rawTar([rawEntry(file('a', 'a')), inner, rawEntry(file('z', 'z'))]);
		const task = taskFor(await temporaryFolder(t), gzipSync(outer, { level: 0 }));
		const tasks = await tasksFor(task, 2);
		assert.equal(tasks.length, 2);
		assert.deepEqual(await readInParts(tasks), await runLayerTask(task, noPause));
	});

	test('has to be read once more, as a whole, where a checksum or a length does not hold', async (t) => {
		const folder = await temporaryFolder(t);
		for (const fromEnd of [1, 5, 8]) {
			const wrong = Buffer.from(packed);
			wrong[wrong.length - fromEnd] ^= 1;
			const tasks = await tasksFor(taskFor(folder, wrong), 3);
			assert.equal(tasks.length, 3);
			assert.equal(await readInParts(tasks), null);
		}
	});

	test('can be interrupted', async (t) => {
		const [, part] = await tasksFor(taskFor(await temporaryFolder(t), packed), 2);
		const interrupted = new FathomError({ code: 'interrupted', message: 'Interrupted.' });
		await assert.rejects(
			runLayerTask(part, () => Promise.reject(interrupted)),
			interrupted,
		);
	});
});

suite('a layer is read as a whole', () => {
	test('where no block has codes of its own', async (t) => {
		const task = taskFor(await temporaryFolder(t), gzipSync(tar, { level: 0 }));
		assert.deepEqual(await tasksFor(task, 2), [task]);
	});

	test('where one file is so large that no entry is found behind it', async (t) => {
		const large = rawTar([rawEntry(file('large', wordsOf(40_000_000, 3))), rawEntry(file('z', 'z'))]);
		const task = taskFor(await temporaryFolder(t), gzipSync(large, { level: 1 }));
		assert.deepEqual(await tasksFor(task, 2), [task]);
	});

	test('where it is not packed as gzip, is small, or has a digest that is to be checked', async (t) => {
		const task = taskFor(await temporaryFolder(t), packed);
		const { bytes } = task.location;
		assert.equal(mostPartsOf(task, bytes / 2), 2);
		assert.equal(mostPartsOf({ ...task, compression: 'zstd' }, bytes / 2), 1);
		assert.equal(mostPartsOf(task, bytes / 2 + 1), 1);
		assert.equal(
			mostPartsOf({ ...task, hashing: { identityKey, largestVerifiedBytes: bytes } }, bytes / 2),
			1,
		);
	});
});

function doesEndAtSplitPoint(result: Changeset | ScannedPart | null): boolean | null {
	return result !== null && 'endsAtSplitPoint' in result ? result.endsAtSplitPoint : null;
}

function inMembers(data: Uint8Array, memberBytes: number): Buffer {
	const members: Buffer[] = [];
	for (let start = 0; start < data.length; start += memberBytes)
		members.push(gzipSync(data.subarray(start, start + memberBytes)));
	return Buffer.concat(members);
}
