import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { compareTask } from '../../../source/sources/contents/pairs-to-compare.ts';
import { compareContents } from '../../../source/sources/workers/compare-contents.ts';
import { LayerWorkers } from '../../../source/sources/workers/layer-workers.ts';
import type { ContentGroups } from '../../../source/tar/content-groups.ts';
import { rawEntry, rawTar } from '../../support/archives/raw-tar.ts';
import { file } from '../../support/archives/tar-entry.ts';
import { scanByPosition } from '../../support/scan.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Two layers with files of one size each, some larger than what is read at once: every third is different in its last byte. */
const contents = Array.from({ length: 1500 }, (_, index) =>
	Buffer.alloc(1 + ((index * 7919) % (index % 250 === 1 ? 900_000 : 9000)), index),
);
const expected = contents.map((_, index) => Number(index % 3 !== 0));

function layers(): readonly Uint8Array[] {
	const changed = contents.map((content, index) =>
		expected[index] === 1 ? content : Buffer.concat([content.subarray(1), Buffer.from([index + 1])]),
	);
	// The second layer begins with something else, so that what is read at once ends elsewhere.
	return [contents, [Buffer.alloc(5000), ...changed]].map((files) =>
		rawTar(files.map((content, index) => rawEntry(file(`f${index}`, content)))),
	);
}

async function newTask(folder: string) {
	const tars = layers();
	const locations = tars.map((tar, index) => {
		const path = join(folder, `${index}.tar`);
		writeFileSync(path, tar);
		return { path, start: 0, bytes: tar.length };
	});
	const pairs = [...contents.keys()];
	const groups: ContentGroups = {
		count: pairs.length,
		starts: Uint32Array.from([...pairs, pairs.length], (pair) => 2 * pair),
		layers: Uint16Array.from({ length: 2 * pairs.length }, (_, item) => item % 2),
		entries: Uint32Array.from({ length: 2 * pairs.length }, (_, item) => Math.floor(item / 2) + (item % 2)),
	};
	const items = pairs.map((pair) => 2 * pair);
	return compareTask(groups, items, { changesets: tars.map(scanByPosition), locations });
}

describe('comparing pairs of files', () => {
	test('sets those that are the same, byte for byte', async (t) => {
		const task = await newTask(await temporaryFolder(t));
		await compareContents(task, () => undefined);
		assert.deepEqual([...task.same], expected);
	});

	test('is shared by all who do the same task: each run is done once', async (t) => {
		const task = await newTask(await temporaryFolder(t));
		const done: string[] = [];
		const pauseAfter = (name: string) => () => {
			done.push(name);
			return new Promise<void>((resolve) => setImmediate(resolve));
		};
		await Promise.all([compareContents(task, pauseAfter('one')), compareContents(task, pauseAfter('other'))]);
		assert.deepEqual([...task.same], expected);
		assert.equal(done.length, task.runStarts.length - 1);
		assert.ok(done.length > 2 && done.includes('one') && done.includes('other'));
	});

	test('comes out the same on several threads', async (t) => {
		const task = await newTask(await temporaryFolder(t));
		const workers = new LayerWorkers();
		t.after(() => workers.close());
		workers.start({ tasks: 2, cost: Number.POSITIVE_INFINITY });
		await workers.run([task, task], { signal: undefined });
		assert.deepEqual([...task.same], expected);
	});
});
