import { directory, file } from '../archives/tar-entry.ts';
import { json, layerTar, sha256 } from '../archives/write-archive.ts';

/** Files by path, in the order in which they stand in an archive. */
export type Files = Readonly<Record<string, Uint8Array | string>>;

const bottom = layerTar([directory('etc/'), file('etc/motd', 'hello\n'.repeat(200))]);
const top = layerTar([file('app', 'x'.repeat(3000))]);

/** An image of two layers as files that have telling names, so that any of them can be put wrong. */
export const smallImage = {
	'1/layer.tar': bottom,
	'2/layer.tar': top,
	'config.json': configOf([bottom, top]),
	'manifest.json': manifestOf(['1/layer.tar', '2/layer.tar']),
} as const satisfies Files;

/** The config that fits to some layers. */
export function configOf(layers: readonly Uint8Array[]): Uint8Array {
	return json({
		architecture: 'amd64',
		os: 'linux',
		rootfs: { type: 'layers', diff_ids: layers.map(sha256) },
		history: layers.map((_, index) => ({ created_by: `step ${index + 1}` })),
	});
}

/** A `manifest.json` of one image. */
export function manifestOf(layerPaths: readonly string[], configPath = 'config.json'): Uint8Array {
	return json([{ Config: configPath, RepoTags: ['app:1'], Layers: layerPaths }]);
}

/** A tar of files. */
export function archiveOfFiles(files: Files): Uint8Array {
	return layerTar(Object.entries(files).map(([path, content]) => file(path, content)));
}

/** The small image with some of its files exchanged, as an archive. */
export function smallArchive(changes: Files = {}): Uint8Array {
	return archiveOfFiles({ ...smallImage, ...changes });
}

/** The small image without one of its files, as an archive. */
export function archiveWithout(path: keyof typeof smallImage): Uint8Array {
	return archiveOfFiles(Object.fromEntries(Object.entries(smallImage).filter(([name]) => name !== path)));
}
