import { FathomError } from '../errors.ts';
import { findContent } from '../filetree/find-content.ts';
import { findNode } from '../filetree/find-node.ts';
import { shorten } from '../text/shorten.ts';
import type { LoadedImage } from './load-image.ts';

/** Which file of an image, and as which layer left it. */
export interface WantedFile {
	/** 0-based. */
	readonly layerIndex: number;
	/** As `pathOf` writes it. */
	readonly path: string;
	readonly signal?: AbortSignal;
}

/**
 * The content of a file as it stands after a layer, in pieces that do not outlive the next step. A hard link is what it shares its
 * content with. Throws `not-found` where there is no such file, `unsupported` where the image could be had only once, and what its source throws.
 */
export async function* openFile(
	{ image, tree }: Pick<LoadedImage, 'image' | 'tree'>,
	{ layerIndex, path, signal }: WantedFile,
): AsyncGenerator<Uint8Array> {
	const node = findNode(tree, path);
	const found = node === null ? ({ kind: 'absent' } as const) : findContent(tree, node, layerIndex);
	switch (found.kind) {
		case 'empty':
			return;
		case 'absent':
			throw notThere(path, `there is no such file after layer ${layerIndex + 1}`);
		case 'no-file':
			throw notThere(path, `a ${found.entryKind.replace('-', ' ')} has no content`);
		case 'file':
			if (image.files === null) throw readOnce(image.reference);
			yield* image.files.open(found, signal);
	}
}

function notThere(path: string, why: string): FathomError {
	return new FathomError({ code: 'not-found', message: `/${shorten(path.replace(/^\//, ''))}: ${why}.` });
}

function readOnce(reference: string): FathomError {
	const name = reference === '-' ? 'Standard input' : reference;
	return new FathomError({
		code: 'unsupported',
		message: `${name} could be read only once, so that its files cannot be opened.`,
		hint: 'Write the archive to a file, and open that.',
	});
}
