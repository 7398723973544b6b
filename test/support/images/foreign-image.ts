import { json, sha256 } from '../archives/write-archive.ts';
import { archiveOfFiles, configOf, smallImage } from './small-image.ts';

/** Where the manifest says that the lowest layer is. */
export const foreignUrl = 'https://layers.example/base';

/** The small image as `docker save` writes it, without its lowest layer, which is kept elsewhere by design and has 123 bytes. */
export function archiveWithoutForeignLayer(): Uint8Array {
	const layers = [smallImage['1/layer.tar'], smallImage['2/layer.tar']];
	const source = {
		mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
		size: 123,
		digest: sha256(layers[0]),
		urls: [foreignUrl],
	};
	return archiveOfFiles({
		'2/layer.tar': layers[1],
		'config.json': configOf(layers),
		'manifest.json': json([
			{
				Config: 'config.json',
				RepoTags: ['app:1'],
				Layers: ['1/layer.tar', '2/layer.tar'],
				LayerSources: { [sha256(layers[0])]: source },
			},
		]),
	});
}
