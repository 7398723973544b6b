import type { LoadedImage } from '../../../../source/session/load-image.ts';
import { openFile } from '../../../../source/session/open-file.ts';

/** The content of a file after a layer; the lowest layer is 1. */
export async function contentOf(loaded: LoadedImage, layer: number, path: string): Promise<string> {
	const pieces: Buffer[] = [];
	for await (const piece of openFile(loaded, { layerIndex: layer - 1, path }))
		pieces.push(Buffer.from(piece));
	return Buffer.concat(pieces).toString();
}
