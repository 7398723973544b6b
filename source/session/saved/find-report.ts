import { once } from 'node:events';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { constants, gunzipSync } from 'node:zlib';
import { FathomError } from '../../errors.ts';
import type { ImageChoice } from '../../sources/image-source.ts';
import { resolveSource } from '../../sources/resolve-source.ts';
import { detectCompression } from '../../tar/compression/compression.ts';

/** How many bytes at the start are looked at. */
const START_BYTES = 4096;

/** The path of the report that a reference names; null where it names anything else, or what cannot be read. */
export function reportPath({ reference, source, asLayer }: ImageChoice): string | null {
	const path = asLayer ? null : archivePath(reference, source);
	try {
		// A pipe can be read only once, by what opens it as an image.
		return path !== null && statSync(path).isFile() && isReportStart(startOf(path)) ? path : null;
	} catch {
		return null;
	}
}

function startOf(path: string): Uint8Array {
	const file = openSync(path, 'r');
	try {
		const start = Buffer.alloc(START_BYTES);
		return start.subarray(0, readSync(file, start, 0, START_BYTES, 0));
	} finally {
		closeSync(file);
	}
}

/** The file that a reference names, where it is not one of an OCI layout: some of those are JSON, too. */
function archivePath(reference: string, source: ImageChoice['source']): string | null {
	try {
		const resolution = resolveSource(reference, source);
		return resolution.kind === 'one' && resolution.sourceName === 'archive' ? resolution.name : null;
	} catch (error) {
		if (error instanceof FathomError || (error instanceof Error && 'code' in error)) return null;
		throw error;
	}
}

/** Whether a report comes by a stream, which can be read from its start afterwards. */
export async function bringsReport(stream: Readable, signal: AbortSignal): Promise<boolean> {
	return isReportStart(await peek(stream, signal));
}

/** The bytes up to the first that is not blank, and those that came with it. They stay in the stream. */
async function peek(stream: Readable, stop: AbortSignal): Promise<Buffer> {
	let start: Buffer = Buffer.alloc(0);
	while (firstByte(start) === undefined && start.length < START_BYTES) {
		const chunk: unknown = stream.read();
		if (chunk instanceof Uint8Array) start = Buffer.concat([start, chunk]);
		else if (stream.readableEnded || stream.destroyed || !(await hasMore(stream, stop))) break;
	}
	if (start.length > 0) stream.unshift(start);
	return start;
}

/** Whether there is more to read, once that is known. */
async function hasMore(stream: Readable, stop: AbortSignal): Promise<boolean> {
	const settled = new AbortController();
	const signal = AbortSignal.any([settled.signal, stop]);
	try {
		return await Promise.race([
			once(stream, 'readable', { signal }).then(() => stream.readableLength > 0),
			once(stream, 'close', { signal }).then(() => false),
		]);
	} catch {
		// The reader of the stream gets its error.
		return false;
	} finally {
		settled.abort();
	}
}

/** What the first bytes of gzip data unpack to, as far as they go; nothing where they are damaged. */
function unpackedStart(start: Uint8Array): Uint8Array {
	try {
		return gunzipSync(start, { finishFlush: constants.Z_SYNC_FLUSH });
	} catch {
		return new Uint8Array(0);
	}
}

const OPEN_BRACE = 0x7b;

/** A report is an object. */
function isReportStart(start: Uint8Array): boolean {
	return firstByte(start) === OPEN_BRACE;
}

/** The first byte that is not blank, after the byte order mark that some editors write; of gzip, in what is packed. */
function firstByte(start: Uint8Array): number | undefined {
	const text = detectCompression(start) === 'gzip' ? unpackedStart(start.subarray(0, START_BYTES)) : start;
	return (
		Buffer.from(text)
			.toString('latin1')
			.replace(/^\xef\xbb\xbf/, '')
			.trimStart()
			.charCodeAt(0) || undefined
	);
}
