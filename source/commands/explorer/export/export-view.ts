import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FathomError } from '../../../errors.ts';
import { ByteStream } from '../../../report/byte-stream.ts';
import { JsonWriter } from '../../../report/json/json-writer.ts';
import { TimeSlice, throwIfInterrupted } from '../../../sources/time-slice.ts';
import { formatCount } from '../../../text/bytes.ts';
import type { ExplorerServices } from '../../../tui/model/effects/requests.ts';
import { writeOutputFile } from '../../output/output-file.ts';
import { reportRows } from './report-rows.ts';
import { writeCsv, writeJson, writeText } from './table-formats.ts';

type Ask = Parameters<ExplorerServices['export-view']>[0];
type Answer = Awaited<ReturnType<ExplorerServices['export-view']>>;

/** Writes a view to a file of the host, which is there complete or not at all. `homeFolder`: what `~` stands for. */
export async function exportView(ask: Ask, homeFolder: string, signal: AbortSignal): Promise<Answer> {
	const path = ask.file.startsWith('~/') ? join(homeFolder, ask.file.slice(1)) : ask.file;
	const write = writerFor(path);
	if (write === null)
		return {
			kind: 'refused',
			message: 'The name has to end in .csv, .json or .txt, which says how the view is written.',
		};
	if (!ask.replaces && (await isThere(path))) return { kind: 'exists', message: `${path} is there already.` };
	try {
		await writeOutputFile({
			path,
			signal,
			write: async (sink) => {
				const stream = new ByteStream(sink);
				await write(ask, stream, new TimeSlice(signal));
				await stream.end();
			},
		});
	} catch (error) {
		throwIfInterrupted(signal);
		if (!(error instanceof FathomError)) throw error;
		const message = error.hint === undefined ? error.message : `${error.message} ${error.hint}`;
		return { kind: 'refused', message };
	}
	const { count } = ask.table;
	return {
		kind: 'done',
		message: `Wrote ${count === 1 ? '1 row' : `${formatCount(count)} rows`} to ${path}.`,
	};
}

type Write = (ask: Ask, stream: ByteStream, slice: TimeSlice) => Promise<void>;

function writerFor(path: string): Write | null {
	switch (/\.([a-z]+)$/i.exec(path)?.[1].toLowerCase()) {
		case 'csv':
			return ({ table }, stream, slice) => writeCsv(table, stream, slice);
		case 'txt':
		case 'text':
			return ({ table }, stream, slice) => writeText(table, stream, slice);
		case 'json':
			return writeAsJson;
		default:
			return null;
	}
}

/** What the report has is written as the report does. */
async function writeAsJson({ table, subject }: Ask, stream: ByteStream, slice: TimeSlice): Promise<void> {
	const write = await reportRows(table, subject, slice);
	if (write === null) return writeJson(table, stream, slice);
	const json = new JsonWriter(stream);
	await json.object(null, () => write(json));
}

async function isThere(path: string): Promise<boolean> {
	return (await stat(path).catch(() => null)) !== null;
}
