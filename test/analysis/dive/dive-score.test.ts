import { join } from 'node:path';
import { describe, test } from 'node:test';
import {
	directory,
	file,
	hardLink,
	opaque,
	type TarEntry,
	whiteout,
} from '../../support/archives/tar-entry.ts';
import { fixturesFolder } from '../../support/fixtures.ts';
import { loadImage } from '../../support/load-image.ts';
import { loadLayers } from '../../support/load-layers.ts';

/** `[sum of smallest, sum of cumulative]` as the efficiency, wasted bytes, and user-wasted ratio. */
async function diveOf(...layers: readonly (readonly TarEntry[])[]) {
	const { efficiency, wastedBytes, userWastedRatio } = (await (await loadLayers(layers)).ask(['dive'])).dive;
	return [efficiency, wastedBytes, userWastedRatio];
}

const x = (count: number) => 'x'.repeat(count);

describe("dive's score", () => {
	test('is 1 for an image in which no path comes twice', async (t) => {
		t.assert.deepEqual(await diveOf([file('a', x(100))], [file('b', x(10))]), [1, 0, 0]);
	});

	test('counts the copy that survives as waste as well', async (t) => {
		t.assert.deepEqual(await diveOf([file('a', x(100))], [file('a', x(50))]), [50 / 150, 150, 150 / 50]);
	});

	test('a file that is removed has a smallest size of 0, and all of its bytes are waste', async (t) => {
		t.assert.deepEqual(
			await diveOf([file('a', x(100)), file('b', x(20))], [whiteout('a'), file('c', x(5))]),
			[25 / 125, 100, 100 / 5],
		);
	});

	test('a directory that is removed counts with the size of what it removes, and so for no waste', async (t) => {
		t.assert.deepEqual(
			await diveOf(
				[directory('d'), file('d/a', x(100)), file('e', x(100))],
				[whiteout('d'), file('e', x(50))],
			),
			[(100 + 100 + 50) / (100 + 100 + 150), 150, 150 / 50],
		);
	});

	test('one that has no entry of its own counts with 0', async (t) => {
		t.assert.deepEqual(
			await diveOf([file('d/a', x(100)), file('e', x(100))], [whiteout('d'), file('e', x(50))]),
			[(100 + 0 + 50) / (100 + 0 + 150), 150, 150 / 50],
		);
	});

	test('an opaque marker is not seen', async (t) => {
		t.assert.deepEqual(await diveOf([directory('d'), file('d/a', x(100))], [directory('d'), opaque('d')]), [
			1,
			0,
			null,
		]);
	});

	test('a hard link has size 0', async (t) => {
		t.assert.deepEqual(await diveOf([file('a', x(100)), file('b', x(10))], [hardLink('b', 'a')]), [
			100 / 110,
			10,
			null,
		]);
	});

	test('a directory with something in it in the same layer is no path, an empty one is', async (t) => {
		t.assert.deepEqual(
			await diveOf([directory('d'), file('d/a', x(10))], [directory('d'), file('d/b', x(5))]),
			[1, 0, 0],
		);
	});

	test('a marker for what is not there ends the walk of its layer: what comes after it by name is not counted', async (t) => {
		t.assert.deepEqual(
			await diveOf([file('a', x(10)), file('z', x(30))], [file('a', x(10)), whiteout('b'), file('z', x(30))]),
			// `.wh.b` comes before `a` by name, and has the smallest size of -1 that dive gives to what it knows nothing of.
			[(10 + 30 - 1) / 40, 0, 0],
		);
		t.assert.deepEqual(
			await diveOf(
				[file('!a', x(10)), file('z', x(30))],
				[file('!a', x(10)), whiteout('b'), file('z', x(30))],
			),
			[(10 + 30 - 1) / 50, 20, 20 / 40],
		);
	});

	test('has no user-wasted ratio where the layers above the first are empty', async (t) => {
		t.assert.deepEqual(await diveOf([file('a', x(10))]), [1, 0, null]);
	});
});

if (fixturesFolder !== null) {
	const diveImage = join(fixturesFolder, 'images/dive/test-docker-image.tar');

	test("dive's own test image has the figures that dive's own tests assert", async (t) => {
		const loaded = await loadImage(diveImage);
		const { figures } = loaded;
		const { dive } = await loaded.ask(['dive']);
		t.assert.deepEqual(dive, {
			efficiency: 0.9844212134184309,
			wastedBytes: 32_025,
			userWastedRatio: 0.4834911001404049,
		});
		t.assert.deepEqual(
			[figures.totalBytes, figures.liveBytes, figures.wastedBytes],
			[1_220_598, 1_188_573, 32_025],
		);
	});
}
