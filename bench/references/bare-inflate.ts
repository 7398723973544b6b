// The reference for compressed layers: the gzip layers of an OCI layout inflated on two threads, largest first, each synchronously into
// one buffer that is used again, and nothing done with the bytes. It prints the seconds that it took, without the start of Node.
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { constants, createGunzip } from 'node:zlib';

const threads = 2;
const outputBytes = 256 * 1024;
const inputBytes = 256 * 1024;

interface Work {
	readonly paths: readonly string[];
	/** How many of the paths were taken, for all threads. */
	readonly taken: Int32Array;
}

/** The native object inside a zlib stream, which is no documented interface. */
interface NativeHandle {
	writeSync(
		flush: number,
		input: Uint8Array,
		inputOffset: number,
		inputLength: number,
		output: Uint8Array,
		outputOffset: number,
		outputLength: number,
	): void;
}

if (isMainThread) await inflateAll(process.argv[2]);
else parentPort?.postMessage(inflateInTurn(workerData as Work));

async function inflateAll(layout: string): Promise<void> {
	const start = performance.now();
	const work: Work = { paths: layerPaths(layout), taken: new Int32Array(new SharedArrayBuffer(4)) };
	const bytes = await Promise.all(
		Array.from(
			{ length: threads },
			() =>
				new Promise<number>((resolve, reject) => {
					const worker = new Worker(new URL(import.meta.url), { workerData: work });
					worker.once('message', resolve);
					worker.once('error', reject);
				}),
		),
	);
	const seconds = (performance.now() - start) / 1000;
	console.log(JSON.stringify({ seconds, bytes: bytes.reduce((sum, one) => sum + one, 0) }));
}

function inflateInTurn({ paths, taken }: Work): number {
	let bytes = 0;
	for (let next = Atomics.add(taken, 0, 1); next < paths.length; next = Atomics.add(taken, 0, 1)) {
		bytes += inflate(paths[next]);
	}
	return bytes;
}

function inflate(path: string): number {
	const stream = createGunzip();
	const { _handle: handle, _writeState: state } = stream as unknown as {
		readonly _handle: NativeHandle;
		readonly _writeState: Uint32Array;
	};
	const input = new Uint8Array(inputBytes);
	const output = new Uint8Array(outputBytes);
	const file = openSync(path, 'r');
	let total = 0;
	for (let read = readSync(file, input); read > 0; read = readSync(file, input)) {
		let offset = 0;
		do {
			handle.writeSync(constants.Z_NO_FLUSH, input, offset, read - offset, output, 0, outputBytes);
			offset = read - state[1];
			total += outputBytes - state[0];
		} while (state[0] === 0 || (offset < read && state[0] < outputBytes));
	}
	closeSync(file);
	stream.destroy();
	return total;
}

/** The blobs of the layers of the only image in the layout, largest first. */
function layerPaths(layout: string): readonly string[] {
	const index = readJson<{ manifests: [{ digest: string }] }>(`${layout}/index.json`);
	const manifest = readJson<{ layers: { digest: string }[] }>(blob(layout, index.manifests[0].digest));
	const size = (path: string) => statSync(path).size;
	return [...new Set(manifest.layers.map(({ digest }) => blob(layout, digest)))].sort(
		(a, b) => size(b) - size(a),
	);
}

function blob(layout: string, digest: string): string {
	return `${layout}/blobs/${digest.replace(':', '/')}`;
}

function readJson<T>(path: string): T {
	return JSON.parse(readFileSync(path, 'utf8')) as T;
}
