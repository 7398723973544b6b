import { readSync } from 'node:fs';
import type { IdentityDigest } from '../../tar/content-identity.ts';
import { truncated } from '../../tar/tar-error.ts';
import type { FileRange } from '../../tar/window-reader.ts';
import { chunksOf, withRange } from '../store/blob-location.ts';
import { createFileHash, type FileHash, lengthOf } from './file-hash.ts';
import type { AfterStep, FileDigestTask } from './layer-task.ts';
import { unpackWithPauses } from './with-pauses.ts';

const READ_BYTES = 256 * 1024;

/** The hash of each file of the task, one behind the other. Throws `TarError`, and the system's errors. */
export function digestFiles(task: FileDigestTask, afterStep: AfterStep): Promise<Uint8Array> {
	return withRange(task.location, async (range) => {
		if (task.compression === 'none') return digestByPosition(range, task, afterStep);
		const files = new FilesInStream(task);
		const sink = (piece: Uint8Array) => files.write(piece);
		await unpackWithPauses(chunksOf(range), task.compression, { sink, afterStep });
		return files.finish();
	});
}

async function digestByPosition(
	{ fd, start }: FileRange,
	{ positions, sizes, hash: kind }: FileDigestTask,
	afterStep: AfterStep,
): Promise<Uint8Array> {
	const length = lengthOf(kind);
	const digests = new Uint8Array(positions.length * length);
	const buffer = new Uint8Array(READ_BYTES);
	let bytesDone = 0;
	for (let file = 0; file < positions.length; file++) {
		const hash = createFileHash(kind, sizes[file]);
		for (let done = 0; done < sizes[file]; ) {
			const position = positions[file] + done;
			const read = readSync(fd, buffer, 0, Math.min(READ_BYTES, sizes[file] - done), start + position);
			if (read === 0) throw truncated(position);
			hash.update(buffer.subarray(0, read));
			done += read;
			bytesDone += read;
			const pause = afterStep(bytesDone);
			if (pause) await pause;
		}
		digests.set(hash.digest(), file * length);
	}
	return digests;
}

/** Hashes files of a tar as it is unpacked. They come in the order of their positions. */
class FilesInStream {
	readonly #positions: Float64Array;
	readonly #sizes: Float64Array;
	readonly #digests: Uint8Array;
	#file = 0;
	readonly #kind: FileHash;
	#hash: IdentityDigest;
	/** Bytes of the tar so far. */
	#position = 0;

	constructor({ positions, sizes, hash }: FileDigestTask) {
		this.#positions = positions;
		this.#sizes = sizes;
		this.#kind = hash;
		this.#hash = createFileHash(hash, sizes[0] ?? 0);
		this.#digests = new Uint8Array(positions.length * lengthOf(hash));
	}

	write(piece: Uint8Array): void {
		const end = this.#position + piece.length;
		while (this.#file < this.#positions.length) {
			const from = this.#positions[this.#file];
			const to = from + this.#sizes[this.#file];
			if (from >= end) break;
			this.#hash.update(
				piece.subarray(Math.max(0, from - this.#position), Math.min(piece.length, to - this.#position)),
			);
			if (to > end) break;
			this.#digests.set(this.#hash.digest(), this.#file * lengthOf(this.#kind));
			this.#file += 1;
			this.#hash = createFileHash(this.#kind, this.#sizes[this.#file] ?? 0);
		}
		this.#position = end;
	}

	/** Throws `TarError` when the tar ended before the last file did. */
	finish(): Uint8Array {
		if (this.#file < this.#positions.length) throw truncated(this.#position);
		return this.#digests;
	}
}
