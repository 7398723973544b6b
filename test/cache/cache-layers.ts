import { fileURLToPath } from 'node:url';
import type { Changeset } from '../../source/tar/changeset.ts';
import { file } from '../support/archives/tar-entry.ts';
import { layerTar } from '../support/archives/write-archive.ts';
import { cacheIn, findLayer, storeLayer } from '../support/disk-cache.ts';
import { scanByPosition } from '../support/scan.ts';

/* A program for a test: fills a cache with layers, finds them and drops them, when it is told to begin. */

export const KEY_COUNT = 60;

/** The layer that belongs to a key. */
export function layerOf(key: number): Changeset {
	return scanByPosition(layerTar(Array.from({ length: key + 1 }, (_, index) => file(`${key}/${index}`))));
}

function fill(folder: string): void {
	const layers = Array.from({ length: KEY_COUNT }, (_, key) => layerOf(key));
	const cache = cacheIn(folder, { maximumBytes: 1e9, maximumAgeSeconds: 1e6 });
	for (const [key, layer] of layers.entries()) {
		storeLayer(cache, [`${key}`, `also ${key}`], layer);
		const found = findLayer(cache, `${key}`);
		if (found !== null && found.count !== layer.count) throw new Error(`Another layer was found for ${key}.`);
	}
	if (cache.warnings().length > 0) throw new Error(JSON.stringify(cache.warnings()));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	process.once('message', () => {
		fill(process.argv[2]);
		process.disconnect();
	});
	process.send?.('ready');
}
