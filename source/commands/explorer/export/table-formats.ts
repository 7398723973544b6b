import type { ByteStream } from '../../../report/byte-stream.ts';
import { JsonWriter } from '../../../report/json/json-writer.ts';
import type { TimeSlice } from '../../../sources/time-slice.ts';
import { escapeForTerminal } from '../../../text/escape.ts';
import { cellWidth } from '../../../text/width.ts';
import type { ExportedCell, ExportedTable } from '../../../tui/model/effects/exported-table.ts';

const ROWS_AT_ONCE = 2048;
/** Rows that tell how wide columns are. */
const SAMPLED_ROWS = 256;
/** Columns of a text are no wider than this, but for the last one. */
const MOST_CELLS = 60;

/** Writes a table for people: columns that line up, as far as the first rows tell how wide they are. */
export async function writeText(table: ExportedTable, stream: ByteStream, slice: TimeSlice): Promise<void> {
	const sample = [table.columns, ...table.rows(0, Math.min(table.count, SAMPLED_ROWS))];
	const widths = table.columns.map((_, column) =>
		Math.min(MOST_CELLS, Math.max(...sample.map((row) => cellWidth(textOf(row[column]))))),
	);
	const line = (row: readonly ExportedCell[]) =>
		row.map((cell, column) => padded(cell, widths[column])).join('  ');
	stream.buffer.appendText(`${line(table.columns).trimEnd()}\n`);
	await eachRow(table, { stream, slice }, (row) => stream.buffer.appendText(`${line(row).trimEnd()}\n`));
}

/** Writes a table as RFC 4180 has it. What a spreadsheet would take for a formula gets an apostrophe in front. */
export async function writeCsv(table: ExportedTable, stream: ByteStream, slice: TimeSlice): Promise<void> {
	stream.buffer.appendText(`${table.columns.map(csvCell).join(',')}\r\n`);
	await eachRow(table, { stream, slice }, (row) =>
		stream.buffer.appendText(`${row.map(csvCell).join(',')}\r\n`),
	);
}

/** Writes a table as an array of objects, one a row. */
export async function writeJson(table: ExportedTable, stream: ByteStream, slice: TimeSlice): Promise<void> {
	const json = new JsonWriter(stream);
	const { columns } = table;
	await json.object(null, async () => {
		await json.array(table.name, rowsOf(table), async (row) => {
			await slice.yield();
			await json.object(null, () => {
				for (const [column, name] of columns.entries()) json.value(name, row[column]);
			});
		});
	});
}

function* rowsOf({ count, rows }: ExportedTable): Generator<readonly ExportedCell[], void, undefined> {
	for (let start = 0; start < count; start += ROWS_AT_ONCE)
		yield* rows(start, Math.min(count, start + ROWS_AT_ONCE));
}

async function eachRow(
	table: ExportedTable,
	{ stream, slice }: { readonly stream: ByteStream; readonly slice: TimeSlice },
	write: (row: readonly ExportedCell[]) => void,
): Promise<void> {
	for (const row of rowsOf(table)) {
		write(row);
		if (stream.isFull) await stream.flush();
		await slice.yield();
	}
}

function textOf(cell: ExportedCell): string {
	return cell === null ? '' : escapeForTerminal(String(cell));
}

/** Numbers end where their column does. */
function padded(cell: ExportedCell, width: number): string {
	const text = textOf(cell);
	const blanks = ' '.repeat(Math.max(0, width - cellWidth(text)));
	return typeof cell === 'number' ? blanks + text : text + blanks;
}

function csvCell(cell: ExportedCell): string {
	const text = textOf(cell);
	const guarded = typeof cell === 'string' && /^[\s'"]*[=+\-@]/.test(text) ? `'${text}` : text;
	return /[",\r\n]|^\s|\s$/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
