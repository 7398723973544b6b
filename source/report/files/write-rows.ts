import type { FileTree } from '../../filetree/file-tree.ts';
import type { Steps } from '../../steps.ts';
import type { ByteBuffer } from '../byte-buffer.ts';
import { type ByteSink, ByteStream } from '../byte-stream.ts';
import type { FileRows } from './file-rows.ts';

/** What a format needs to know of a list of paths. */
export interface ListedFiles {
	readonly tree: FileTree;
	readonly rows: FileRows;
	/** Whether it is a change set. */
	readonly areChanges: boolean;
	/** Whether a CI system may read what is written. */
	readonly isLog: boolean;
}

/** Appends one row. */
export type RowWriter = (buffer: ByteBuffer, row: number) => void;

/** One way to write a list of paths. */
export interface FileFormat<Name extends string = string> {
	readonly format: Name;
	/** Looks at all rows where that is needed before the first is written. */
	readonly writerOf: (files: ListedFiles) => Steps<RowWriter>;
}

const ROWS_BETWEEN_LOOKS = 64;

/**
 * Writes rows as they come, with the memory of two chunks, until nobody reads them any more. `pause` is awaited between some rows. Throws what
 * the sink and `pause` throw.
 */
export async function writeRows(
	{ count }: FileRows,
	write: RowWriter,
	{ sink, pause }: { readonly sink: ByteSink; readonly pause: () => Promise<void> },
): Promise<void> {
	const stream = new ByteStream(sink);
	for (let row = 0; row < count; row++) {
		write(stream.buffer, row);
		if (row % ROWS_BETWEEN_LOOKS === 0) await pause();
		if (stream.isFull) await stream.flush();
		if (sink.hasNoReader?.()) return;
	}
	await stream.end();
}
