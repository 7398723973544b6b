// The reference for reading contents by position: hashes the files that facts and copies may need on two threads, and does nothing else. These
// are all files up to 1 MiB, where secrets are looked for, and those whose size another one has. It prints the seconds that it took, without
// the start of Node and the listing of the files.
import { createHash } from 'node:crypto';
import { fstatSync, openSync, readSync } from 'node:fs';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { FileScan } from '../../source/tar/scan-file.ts';
import type { FileRange } from '../../source/tar/window-reader.ts';

interface Files {
	readonly path: string;
	readonly positions: Float64Array;
	readonly sizes: Float64Array;
}

const LARGEST_TEXT = 1024 * 1024;
const LEAST_COPY = 4096;

if (isMainThread) {
	const [mine, other] = halves(process.argv[2]);
	const worker = new Worker(new URL(import.meta.url), { workerData: other });
	await new Promise((resolve) => worker.once('online', resolve));
	const start = performance.now();
	const done = new Promise((resolve) => worker.once('message', resolve));
	worker.postMessage('begin');
	hash(mine);
	await done;
	console.log(JSON.stringify({ seconds: (performance.now() - start) / 1000 }));
	await worker.terminate();
} else {
	parentPort?.once('message', () => {
		hash(workerData as Files);
		parentPort?.postMessage('done');
	});
}

function hash({ path, positions, sizes }: Files): void {
	const file = openSync(path, 'r');
	const buffer = Buffer.alloc(256 * 1024);
	for (let index = 0; index < sizes.length; index++) {
		const sha256 = createHash('sha256');
		for (let at = 0; at < sizes[index]; at += buffer.length) {
			const read = readSync(
				file,
				buffer,
				0,
				Math.min(buffer.length, sizes[index] - at),
				positions[index] + at,
			);
			sha256.update(buffer.subarray(0, read));
		}
		sha256.digest();
	}
}

interface FoundFile {
	readonly position: number;
	readonly size: number;
}

/** The files in the order of the archive, in two parts of about as many bytes. */
function halves(path: string): readonly [Files, Files] {
	const fd = openSync(path, 'r');
	const members = filesIn({ fd, start: 0, bytes: fstatSync(fd).size });
	const all = members.flatMap(({ position, size }) => {
		try {
			return filesIn({ fd, start: position, bytes: size });
		} catch {
			// It is a document, and no layer.
			return [];
		}
	});
	const counts = Map.groupBy(all, ({ size }) => size);
	const found = all.filter(({ size }) => {
		const isShared = size >= LEAST_COPY && (counts.get(size)?.length ?? 0) > 1;
		return size > 0 && (size <= LARGEST_TEXT || isShared);
	});
	const half = found.reduce((sum, { size }) => sum + size, 0) / 2;
	let before = 0;
	const middle = found.findIndex(({ size }) => {
		before += size;
		return before > half;
	});
	return [columns(path, found.slice(0, middle)), columns(path, found.slice(middle))];
}

function filesIn(range: FileRange): readonly FoundFile[] {
	const scan = new FileScan(range);
	while (!scan.step(64));
	const { count, positions, sizes } = scan.finish();
	return Array.from({ length: count }, (_, entry) => ({
		position: range.start + positions[entry],
		size: sizes[entry],
	}));
}

function columns(path: string, files: readonly FoundFile[]): Files {
	return {
		path,
		positions: Float64Array.from(files, ({ position }) => position),
		sizes: Float64Array.from(files, ({ size }) => size),
	};
}
