import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { contentOf, fail, serve, startRegistry } from '../../../sources/registry/fake-registry.ts';
import { file } from '../../../support/archives/tar-entry.ts';
import { layoutFiles, type TestImage } from '../../../support/archives/write-archive.ts';
import { temporaryFolder, writeFiles } from '../../../support/temporary-folder.ts';
import { hasLayers, startInTerminal } from '../../support/terminal.ts';

const size = { columns: 120, rows: 40 };

/** Layers of one file each, in blobs that differ. */
function imageOf(layerCount: number): TestImage {
	const layers = Array.from({ length: layerCount }, (_, index) => [
		file(`file-${index + 1}`, randomBytes(4000 - index)),
	]);
	return { names: ['app:1'], layers };
}

/** The digests of the layers, lowest first. */
function layersIn(content: ReturnType<typeof contentOf>): readonly string[] {
	const manifest = JSON.parse(Buffer.from(content.get('manifests/1')?.bytes ?? []).toString());
	return manifest.layers.map(({ digest }: { readonly digest: string }) => digest);
}

/** Row of a layer in the list. */
function rowOf(screen: readonly string[], layer: number): string {
	return screen.find((row) => new RegExp(`^[ ❯›]${layer} `).test(row))?.slice(0, 50) ?? '';
}

/** A registry that keeps the blobs of layers back until they are let go. */
async function slowRegistry(t: TestContext, layerCount: number) {
	const content = contentOf(imageOf(layerCount));
	const layers = layersIn(content);
	const held = new Map<number, () => void>();
	const isFree = new Set<number>();
	const asked: number[] = [];
	const intercept = (request: { readonly url?: string | undefined }, response: ServerResponse): boolean => {
		const layer = layers.findIndex((digest) => request.url?.endsWith(digest)) + 1;
		if (layer === 0) return false;
		asked.push(layer);
		if (isFree.has(layer)) return false;
		held.set(layer, () => {
			const found = content.get(`blobs/${layers[layer - 1]}`);
			if (found !== undefined) serve(request as Parameters<typeof serve>[0], response, found);
		});
		return true;
	};
	const { address } = await startRegistry(t, { content, intercept });
	const letGo = (layer: number): void => {
		isFree.add(layer);
		held.get(layer)?.();
	};
	return { reference: `${address}/team/app:1`, asked, letGo };
}

describe('an image whose layers come one by one', () => {
	test('shows all layers at once, and each as it comes', async (t) => {
		const { reference, letGo } = await slowRegistry(t, 3);
		const terminal = startInTerminal(t, { size, arguments: [reference] });
		await terminal.until((screen) => /waiting|0 %/.test(rowOf(screen, 3)));
		t.assert.match(terminal.screen()[0], /^\[1 Layers\] {2}2 Findings {3}3 Copies/);
		t.assert.match(terminal.screen().join('\n'), /What layer 1 did ─+ not read yet/);
		// Every view stands without any layer.
		for (const [key, words] of [
			['2', /once all layers are read/],
			['3', /once all layers are read/],
			['4', /once all layers are read/],
			['5', /once all layers are read/],
			['6', /Dockerfile, as far as history tells/],
		] as const) {
			terminal.press(key);
			await terminal.until((screen) => screen[0].includes(`[${key} `) && words.test(screen.join('\n')));
		}
		terminal.press('1');
		letGo(1);
		await terminal.until((screen) => screen.join('\n').includes('file-1'));
		terminal.press('j');
		await terminal.until((screen) => /This layer (?:is being|has not been) read/.test(screen.join('\n')));
		// Which of the two is asked for first depends on the sizes of their blobs.
		letGo(3);
		letGo(2);
		await terminal.until((screen) => screen.join('\n').includes('file-2'));
		await terminal.until((screen) => hasLayers(screen) && screen[1].includes('efficiency'));
		terminal.press('j');
		await terminal.until((screen) => screen.join('\n').includes('file-3'));
	});

	test('has the layer under the cursor read first', async (t) => {
		const layerCount = 12;
		const { reference, asked, letGo } = await slowRegistry(t, layerCount);
		const terminal = startInTerminal(t, { size, arguments: [reference] });
		await terminal.until((screen) => rowOf(screen, layerCount) !== '');
		terminal.press('G');
		await terminal.until((screen) => screen.join('\n').includes(`What layer ${layerCount} did`));
		t.assert.equal(asked.includes(layerCount), false);
		const [first] = asked;
		letGo(first);
		await terminal.until((screen) => rowOf(screen, layerCount).includes('0 %'));
		letGo(layerCount);
		await terminal.until((screen) => screen.join('\n').includes(`file-${layerCount}`));
		t.assert.match(terminal.screen().join('\n'), /without \d+ layers below/);
	});
});

describe('an image that fails while it is open', () => {
	test('is shown without a layer that is cut, and with it once it is mended', async (t) => {
		const folder = await temporaryFolder(t);
		const files = layoutFiles([imageOf(4)], 'gzip');
		await writeFiles(folder, files);
		const blobs = [...files].filter(([name]) => name.startsWith('blobs/'));
		const [[second, whole], [fourth, other]] = [blobs[1], blobs[3]];
		await writeFile(join(folder, second), whole.subarray(0, 1000));
		await writeFile(join(folder, fourth), other.subarray(0, 1000));
		const report = startInTerminal(t, { size, arguments: ['report', folder, '--format', 'text'] });
		t.assert.equal(await report.exit(), 2);
		t.assert.match(report.screen().join('\n'), /layer 2: .*(?:cut|ends|incomplete)/s);
		const ci = startInTerminal(t, { size, arguments: ['ci', folder] });
		t.assert.equal(await ci.exit(), 2);

		const terminal = startInTerminal(t, { size, arguments: [folder] });
		await terminal.until((screen) => hasLayers(screen) && screen[1].includes('without layers 2 and 4'));
		// What was not read is not known, and has no bar.
		t.assert.match(rowOf(terminal.screen(), 2), /^ 2 {8}- {2}failed {2}/);
		t.assert.match(rowOf(terminal.screen(), 4), /failed/);
		t.assert.match(terminal.screen().join('\n'), /file-1/);
		terminal.press('r');
		await terminal.until((screen) => screen[38].includes('Layer 1 is read.'));
		terminal.press('6');
		await terminal.until((screen) => screen.join('\n').includes('not known without layers 2 and 4'));
		terminal.press('1j');
		await terminal.until((screen) => /This layer could not be read: .*layer 2/.test(screen.join('\n')));
		t.assert.match(terminal.screen().join('\n'), / stored +1 kB /);
		// It is as it was.
		terminal.press('r');
		await terminal.until((screen) => screen[38].includes('Layer 2 cannot be read:'));
		await writeFile(join(folder, second), whole);
		terminal.press('r');
		await terminal.until((screen) => screen[1].includes('without layer 4') && hasLayers(screen));
		await terminal.until((screen) => screen.join('\n').includes('file-2'));
		t.assert.match(rowOf(terminal.screen(), 4), /failed/);
		await writeFile(join(folder, fourth), other);
		terminal.press('jjr');
		await terminal.until((screen) => hasLayers(screen) && !screen[1].includes('without'));
		await terminal.until((screen) => screen.join('\n').includes('file-4'));
		terminal.press('q');
		t.assert.equal(await terminal.exit(), 0);
	});

	test('is shown without a layer whose blob is missing', async (t) => {
		const folder = await temporaryFolder(t);
		const files = new Map(layoutFiles([{ ...imageOf(3), config: { config: { Cmd: ['/file-2'] } } }], 'gzip'));
		const [, [second, whole]] = [...files].filter(([name]) => name.startsWith('blobs/'));
		files.delete(second);
		await writeFiles(folder, files);
		const terminal = startInTerminal(t, { size, arguments: [folder] });
		await terminal.until((screen) => hasLayers(screen) && screen[1].includes('without layer 2'));
		terminal.press('j');
		await terminal.until((screen) => screen.join('\n').includes('listed but missing'));
		// Whether the program is there is not known.
		terminal.press('2');
		await terminal.until(
			(screen) => /\[2 Findings \d+\]/.test(screen[0]) && screen.join('\n').includes('runs as root'),
		);
		t.assert.doesNotMatch(terminal.screen().join('\n'), /cannot start/);
		terminal.press('1');
		await writeFile(join(folder, second), whole);
		terminal.press('r');
		await terminal.until((screen) => hasLayers(screen) && screen.join('\n').includes('file-2'));
	});

	test('is shown without a layer that a busy registry refuses, until it is asked again', async (t) => {
		const content = contentOf(imageOf(3));
		const [, second] = layersIn(content);
		// Once more than fathom tries by itself.
		let refusals = 5;
		const { address } = await startRegistry(t, {
			content,
			intercept: (request, response) => {
				if (!request.url?.endsWith(second) || refusals === 0) return false;
				refusals -= 1;
				fail(response, 503, 'UNAVAILABLE', 'too busy\u001B[31m');
				return true;
			},
		});
		const terminal = startInTerminal(t, { size, arguments: [`${address}/team/app:1`] });
		await terminal.until((screen) => hasLayers(screen) && screen[1].includes('without layer 2'));
		terminal.press('j');
		await terminal.until((screen) => /could not be read: .*503/s.test(screen.join('\n')));
		terminal.press('r');
		await terminal.until((screen) => hasLayers(screen) && !screen[1].includes('without'));
		await terminal.until((screen) => screen.join('\n').includes('file-2'));
		t.assert.equal(terminal.output().includes('\u001B[31m'), false);
	});
});
