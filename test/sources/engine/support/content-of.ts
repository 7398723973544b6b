import type { ImageSession } from '../../../../source/session/image-session.ts';

/** The content of a file after a layer; the lowest layer is 1. */
export async function contentOf(loaded: ImageSession, layer: number, path: string): Promise<string> {
	const pieces: Buffer[] = [];
	for await (const piece of loaded.files.open({ layerIndex: layer - 1, path }))
		pieces.push(Buffer.from(piece));
	return Buffer.concat(pieces).toString();
}
