import type { FactReader, LayerFile } from '../../../source/facts/fact-reader.ts';

export interface Reading<Fact> {
	/** Null where the reader did not want the file, or the file says nothing. */
	readonly fact: Fact | null;
	readonly isOpened: boolean;
	/** How many bytes of the content were given to it. */
	readonly readBytes: number;
}

/** Gives a file to a reader in pieces of one size: all that comes, as a stream has it, or only what it wants, as on disk. */
export function readFact<Fact>(
	reader: FactReader<Fact>,
	file: Partial<LayerFile> & { readonly path: string },
	content: Uint8Array,
	{ pieceBytes = 64 * 1024, byPosition = false } = {},
): Reading<Fact> {
	const sink = reader.open({ bytes: content.length, mode: 0o755, ...file });
	if (sink === null) return { fact: null, isOpened: false, readBytes: 0 };
	let [at, readBytes] = [0, 0];
	while (at < content.length && !sink.isDone) {
		const ahead = byPosition ? Math.min(content.length, sink.wantsFrom ?? 0) - at : 0;
		// A copy that is overwritten: pieces are valid during the call only.
		const piece = new Uint8Array(content.subarray(at, at + pieceBytes));
		if (ahead > 0) sink.skip?.(ahead);
		else sink.write(piece);
		at += ahead > 0 ? ahead : piece.length;
		readBytes += ahead > 0 ? 0 : piece.length;
		piece.fill(0xaa);
	}
	return { fact: sink.end(), isOpened: true, readBytes };
}

/** What a reader says of a file; null also where it does not want it. */
export function factIn<Fact>(
	reader: FactReader<Fact>,
	path: string,
	content: Uint8Array | string,
	file: Partial<LayerFile> = {},
): Fact | null {
	const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
	return readFact(reader, { path, mode: 0o644, ...file }, bytes).fact;
}
