import { readSync } from 'node:fs';
import { readersOf } from '../../facts/fact-groups.ts';
import { FactsObserver, type FileWatcher } from '../../facts/facts-observer.ts';
import { type LayerFacts, stringAt } from '../../tar/changeset.ts';
import { truncated } from '../../tar/tar-error.ts';
import type { FileRange } from '../../tar/window-reader.ts';
import { catchUp } from '../catch-up.ts';
import { chunksOf, withRange } from '../store/blob-location.ts';
import type { AfterStep, FactsTask } from './layer-task.ts';
import { unpackWithPauses } from './with-pauses.ts';

const FIRST_READ_BYTES = 16 * 1024;
const READ_BYTES = 256 * 1024;

/** The facts in the files of the task. Throws `TarError`, and the system's errors. */
export function readFactsOf(task: FactsTask, afterStep: AfterStep): Promise<LayerFacts> {
	const files = new WatchedFiles(task);
	return withRange(task.location, async (range) => {
		if (task.compression === 'none') await readByPosition(range, files, afterStep);
		else {
			const stream = new FilesInStream(files);
			const sink = (piece: Uint8Array) => stream.write(piece);
			await unpackWithPauses(chunksOf(range), task.compression, { sink, worker: files.observer, afterStep });
			stream.finish();
		}
		return files.finish();
	});
}

/** The files of a task, each opened in its turn. */
class WatchedFiles {
	readonly task: FactsTask;
	readonly observer: FactsObserver;

	constructor(task: FactsTask) {
		this.task = task;
		this.observer = new FactsObserver(readersOf(task.groups));
	}

	open(file: number): FileWatcher | null {
		const { entries, paths, sizes, modes } = this.task;
		return this.observer.open({
			entry: entries[file],
			path: stringAt(paths, file),
			bytes: sizes[file],
			mode: modes[file],
		});
	}

	finish(): LayerFacts {
		return this.observer.finish();
	}
}

/** Most files are told by their start, so that the first read is a small one. */
async function readByPosition(
	{ fd, start }: FileRange,
	files: WatchedFiles,
	afterStep: AfterStep,
): Promise<void> {
	const { positions, sizes } = files.task;
	const buffer = new Uint8Array(READ_BYTES);
	let bytesDone = 0;
	for (let file = 0; file < positions.length; file++) {
		const watcher = files.open(file);
		for (let done = 0; watcher !== null && done < sizes[file]; ) {
			const ahead = Math.min(watcher.wantsFrom, sizes[file]) - done;
			if (ahead > 0) watcher.skip(ahead);
			done += Math.max(0, ahead);
			const position = positions[file] + done;
			const wanted = Math.min(done === 0 ? FIRST_READ_BYTES : READ_BYTES, sizes[file] - done);
			if (wanted === 0) break;
			const read = readSync(fd, buffer, 0, wanted, start + position);
			if (read === 0) throw truncated(position);
			watcher.write(buffer.subarray(0, read));
			done += read;
			const pause = afterStep(bytesDone + done);
			if (pause) await pause;
		}
		watcher?.end();
		bytesDone += sizes[file];
		if (files.observer.isBehind) await catchUp(files.observer, () => afterStep(bytesDone));
		// Files that nobody wants take time as well, where there are many.
		const pause = file % 1024 === 0 ? afterStep(bytesDone) : undefined;
		if (pause) await pause;
	}
}

/** Watches files of a tar as it is unpacked. They come in the order of their positions. */
class FilesInStream {
	readonly #files: WatchedFiles;
	#file = 0;
	#watcher: FileWatcher | null;
	/** Bytes of the tar so far. */
	#position = 0;

	constructor(files: WatchedFiles) {
		this.#files = files;
		this.#watcher = this.#open();
	}

	write(piece: Uint8Array): void {
		const { positions, sizes } = this.#files.task;
		const end = this.#position + piece.length;
		while (this.#file < positions.length) {
			const from = positions[this.#file];
			const to = from + sizes[this.#file];
			if (from >= end) break;
			const start = Math.max(from, this.#position);
			const wanted = piece.subarray(start - this.#position, Math.min(piece.length, to - this.#position));
			this.#watcher?.write(wanted);
			if (to > end) break;
			this.#next();
		}
		this.#position = end;
	}

	#next(): void {
		this.#watcher?.end();
		this.#file += 1;
		this.#watcher = this.#open();
	}

	/** Throws `TarError` when the tar ended before the last file did. */
	finish(): void {
		const { positions, sizes } = this.#files.task;
		for (; this.#file < positions.length && sizes[this.#file] === 0; this.#next());
		if (this.#file < positions.length) throw truncated(this.#position);
	}

	#open(): FileWatcher | null {
		return this.#file < this.#files.task.positions.length ? this.#files.open(this.#file) : null;
	}
}
