import { type FileHandle, open, stat } from 'node:fs/promises';
import { FathomError } from '../../errors.ts';
import { systemWords } from '../../text/system-words.ts';
import { JsonRows } from './json-rows.ts';
import { PathRows } from './path-rows.ts';
import type { SavedReport } from './saved-report.ts';
import { reportOf } from './tolerant-report.ts';

/** What is read in one go holds up nothing else for longer than some milliseconds. */
const PIECE_BYTES = 256 * 1024;
/** White space before the first brace is no more than that. */
const HEAD_BYTES = 4096;

/** Whether a path leads to a regular file whose text begins as JSON reports do, with a brace. */
export async function looksLikeReport(path: string): Promise<boolean> {
	const stats = await stat(path).catch(() => null);
	if (!stats?.isFile()) return false;
	const file = await open(path).catch(() => null);
	if (file === null) return false;
	try {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
		return /^\uFEFF?\s*\{/.test(buffer.toString('utf8', 0, bytesRead));
	} finally {
		await file.close();
	}
}

/**
 * Reads a JSON report that was saved, as far as rules need it. Throws `not-an-image` for JSON of another kind, `unsupported` for a report of
 * a newer version, `corrupt`, `too-large` and `unreadable`, with a message for behind the name of the file.
 */
export async function readReport(path: string, signal: AbortSignal): Promise<SavedReport> {
	const file = await open(path).catch(rethrow);
	try {
		const rows = new PathRows();
		const json = new JsonRows(rows);
		for await (const piece of piecesOf(file)) {
			if (signal.aborted) throw new FathomError({ code: 'interrupted', message: 'Interrupted.' });
			json.push(piece);
		}
		return reportOf(json.finish(), rows.finish());
	} finally {
		await file.close();
	}
}

/** A byte order mark is no part of the JSON. */
async function* piecesOf(file: FileHandle): AsyncGenerator<Uint8Array> {
	const buffer = Buffer.alloc(PIECE_BYTES);
	for (let isFirst = true; ; isFirst = false) {
		const { bytesRead } = await file.read(buffer, 0, buffer.length).catch(rethrow);
		if (bytesRead === 0) return;
		const hasMark = isFirst && buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf;
		yield buffer.subarray(hasMark ? 3 : 0, bytesRead);
	}
}

function rethrow(cause: unknown): never {
	const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
	const words: Readonly<Record<string, string>> = systemWords;
	throw new FathomError({ code: 'unreadable', message: `${words[code] ?? 'it cannot be read'}.`, cause });
}
