import { once } from 'node:events';
import { open, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { FathomError } from '../../errors.ts';
import type { ImageChoice } from '../../sources/image-source.ts';
import { resolveSource } from '../../sources/resolve-source.ts';

/** How many bytes at the start are looked at. */
const START_BYTES = 4096;

/** The path of the report that a reference names; null where it names anything else, or what cannot be read. */
export async function reportPath({ reference, source, asLayer }: ImageChoice): Promise<string | null> {
	const path = asLayer ? null : archivePath(reference, source);
	try {
		// A pipe can be read only once, by what opens it as an image.
		if (path === null || !(await stat(path)).isFile()) return null;
		const file = await open(path);
		try {
			const { buffer, bytesRead } = await file.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0);
			return isReportStart(buffer.subarray(0, bytesRead)) ? path : null;
		} finally {
			await file.close();
		}
	} catch {
		return null;
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
export async function bringsReport(stream: Readable): Promise<boolean> {
	const start = await peek(stream);
	return isReportStart(start);
}

/** The bytes up to the first that is not blank, and those that came with it. They stay in the stream. */
async function peek(stream: Readable): Promise<Buffer> {
	let start: Buffer = Buffer.alloc(0);
	while (firstByte(start) === undefined && start.length < START_BYTES) {
		const chunk: unknown = stream.read();
		if (chunk instanceof Uint8Array) start = Buffer.concat([start, chunk]);
		else if (stream.readableEnded || stream.destroyed || !(await hasMore(stream))) break;
	}
	if (start.length > 0) stream.unshift(start);
	return start;
}

/** Whether there is more to read, once that is known. */
async function hasMore(stream: Readable): Promise<boolean> {
	const stop = new AbortController();
	const { signal } = stop;
	try {
		return await Promise.race([
			once(stream, 'readable', { signal }).then(() => stream.readableLength > 0),
			once(stream, 'close', { signal }).then(() => false),
		]);
	} catch {
		// Whoever reads the stream gets its error.
		return false;
	} finally {
		stop.abort();
	}
}

const OPEN_BRACE = 0x7b;

/** A report is an object. */
function isReportStart(start: Uint8Array): boolean {
	return firstByte(start) === OPEN_BRACE;
}

/** The first byte that is not blank, after the byte order mark that some editors write. */
function firstByte(start: Uint8Array): number | undefined {
	return (
		Buffer.from(start)
			.toString('latin1')
			.replace(/^\xef\xbb\xbf/, '')
			.trimStart()
			.charCodeAt(0) || undefined
	);
}
