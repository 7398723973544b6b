import { FathomError } from '../errors.ts';
import type { FileTree } from '../filetree/file-tree.ts';
import { findContent } from '../filetree/find-content.ts';
import { findNode } from '../filetree/find-node.ts';
import type { LayerEntry } from '../filetree/links.ts';
import type { FileReader } from '../sources/file-source.ts';
import { type Holes, openContent } from '../sources/files/open-content.ts';
import { shorten } from '../text/shorten.ts';

/** Which file of an image, and as which layer left it. */
export interface WantedFile {
	/** 0-based. */
	readonly layerIndex: number;
	/** As `pathOf` writes it. */
	readonly path: string;
	readonly signal?: AbortSignal;
}

export interface SessionFilesInput {
	/** The image as the user named it, for messages. */
	readonly reference: string;
	readonly tree: FileTree;
	/** Null where the image could be read only once. */
	readonly reader: FileReader | null;
}

/** The content of an image's files, read again from where the image is. */
export class SessionFiles {
	readonly #input: SessionFilesInput;

	constructor(input: SessionFilesInput) {
		this.#input = input;
	}

	/**
	 * The content of a file as it is after a layer, in pieces that do not outlive the next step. A hard link is what it shares its
	 * content with. Throws `not-found` where there is no such file, `unsupported` where the image could be read only once, and what
	 * its source throws.
	 */
	async *open({ layerIndex, path, signal }: WantedFile): AsyncGenerator<Uint8Array> {
		const { tree, reader, reference } = this.#input;
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
				if (reader === null) throw readOnce(reference);
				yield* openContent(reader, { ...found, changeset: tree.changesets[found.layerIndex] }, { signal });
		}
	}

	/** Why no file can be opened; null where files can be. */
	get refusal(): FathomError | null {
		const { reader, reference } = this.#input;
		return reader === null ? readOnce(reference) : null;
	}

	/** The content of the regular file that an entry of a layer, 0-based, has; with its holes as zeros by default; else as `open`. */
	async *openEntry(
		{ layerIndex, entry }: LayerEntry,
		signal?: AbortSignal,
		holes?: Holes,
	): AsyncGenerator<Uint8Array> {
		const { tree, reader, reference } = this.#input;
		if (reader === null) throw readOnce(reference);
		yield* openContent(
			reader,
			{ layerIndex, entry, changeset: tree.changesets[layerIndex] },
			{ signal, ...(holes && { holes }) },
		);
	}

	/**
	 * The bytes of a layer as its source has them, compressed or not, in chunks whose buffer the reader may reuse; null where they cannot be had.
	 * Throws `unsupported` where the image could be read only once; reading throws what its source throws.
	 */
	storedLayer(layerIndex: number, signal?: AbortSignal): AsyncIterable<Uint8Array> | null {
		const { reader, reference } = this.#input;
		if (reader === null) throw readOnce(reference);
		return reader.storedLayer?.(layerIndex, signal) ?? null;
	}

	async close(): Promise<void> {
		await this.#input.reader?.close();
	}
}

function notThere(path: string, why: string): FathomError {
	return new FathomError({ code: 'not-found', message: `/${shorten(path.replace(/^\//, ''))}: ${why}.` });
}

/** For an image whose files cannot be read again. */
export function readOnce(reference: string): FathomError {
	const name = reference === '-' ? 'Standard input' : reference;
	return new FathomError({
		code: 'unsupported',
		message: `${name} can be read only once, so its files cannot be opened.`,
		hint: 'Write the archive to a file, and open that.',
	});
}
