import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configOf, packLayer, sha256 } from './synthetic-archive.ts';
import { enlarged, SYNTHETIC_LAYERS, syntheticLayer } from './synthetic-layers.ts';

export interface SyntheticPair {
	/** Of each image. */
	readonly entries: number;
	/** Files are about 740 bytes times this. */
	readonly sizeFactor: number;
}

const format = 1;

/**
 * The path of an OCI layout with two images, `old` and `new`, that share all layers but the two on top. Their layers are not compressed,
 * and shared blobs are there once. Made once, then kept in bench/data.
 */
export function syntheticPair({ entries, sizeFactor }: SyntheticPair): string {
	const data = fileURLToPath(new URL('../data/', import.meta.url));
	const path = join(data, `pair-${entries}x${sizeFactor}-v${format}`);
	if (existsSync(path)) return path;
	const unfinished = `${path}.unfinished`;
	rmSync(unfinished, { recursive: true, force: true });
	mkdirSync(join(unfinished, 'blobs', 'sha256'), { recursive: true });
	const pack = (number: number): Descriptor => {
		const layer = syntheticLayer(number, entries / SYNTHETIC_LAYERS);
		return writeBlob(unfinished, packLayer(enlarged(layer, sizeFactor)), 'layer.v1.tar');
	};
	const shared = Array.from({ length: SYNTHETIC_LAYERS - 2 }, (_, number) => pack(number));
	const images = {
		old: [...shared, pack(SYNTHETIC_LAYERS - 2), pack(SYNTHETIC_LAYERS - 1)],
		// Layers of the same kinds, with other packages in them.
		new: [...shared, pack(2 * SYNTHETIC_LAYERS - 2), pack(2 * SYNTHETIC_LAYERS - 1)],
	};
	writeFileSync(join(unfinished, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
	const manifests = Object.entries(images).map(([name, layers]) => writeImage(unfinished, name, layers));
	writeFileSync(join(unfinished, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests }));
	renameSync(unfinished, path);
	return path;
}

interface Descriptor {
	readonly mediaType: string;
	readonly digest: string;
	readonly size: number;
	readonly annotations?: Readonly<Record<string, string>>;
}

function writeImage(folder: string, name: string, layers: readonly Descriptor[]): Descriptor {
	const diffIds = layers.map(({ digest }) => digest);
	const config = writeBlob(folder, Buffer.from(JSON.stringify(configOf(diffIds))), 'config.v1+json');
	const manifest = { schemaVersion: 2, config, layers };
	const descriptor = writeBlob(folder, Buffer.from(JSON.stringify(manifest)), 'manifest.v1+json');
	return { ...descriptor, annotations: { 'org.opencontainers.image.ref.name': name } };
}

function writeBlob(folder: string, content: Buffer, type: string): Descriptor {
	const digest = sha256(content);
	writeFileSync(join(folder, 'blobs', 'sha256', digest), content);
	return {
		mediaType: `application/vnd.oci.image.${type}`,
		digest: `sha256:${digest}`,
		size: content.length,
	};
}
