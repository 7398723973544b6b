import { json, sha256 } from '../../support/archives/write-archive.ts';
import { type Content, putManifest } from './fake-registry.ts';
import type { TocLayer } from './write-toc-layer.ts';

/** A registry with an image of such layers; without what the manifest says of tables they are like any others. */
export function contentOfLayers(layers: readonly TocLayer[], { withTables = true } = {}): Content {
	const content = new Map<string, { bytes: Uint8Array; type?: string }>();
	const config = json({
		os: 'linux',
		architecture: 'amd64',
		rootfs: { diff_ids: layers.map(({ tar }) => sha256(tar)) },
	});
	for (const bytes of [config, ...layers.map(({ blob }) => blob)])
		content.set(`blobs/${sha256(bytes)}`, { bytes });
	putManifest(content, '1', {
		schemaVersion: 2,
		mediaType: 'application/vnd.oci.image.manifest.v1+json',
		config: {
			mediaType: 'application/vnd.oci.image.config.v1+json',
			digest: sha256(config),
			size: config.length,
		},
		layers: layers.map(({ blob, annotations }) => ({
			mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
			digest: sha256(blob),
			size: blob.length,
			...(withTables ? { annotations } : {}),
		})),
	});
	return content;
}
