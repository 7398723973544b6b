import { runWithin, TimeSlice } from '../../sources/time-slice.ts';
import { JsonPieceError } from './json-piece.ts';
import { JsonPieces } from './json-pieces.ts';
import { asPackedError, asReportError } from './report-errors.ts';
import type { ReportReading } from './report-reading.ts';
import { ReportVisitor } from './report-visitor.ts';
import type { SavedReport } from './saved-report.ts';

/**
 * Reads a JSON report as it streams, a row at a time, so that it needs the memory of its columns and of its longest value. Throws
 * `FathomError`, and what the source of the bytes throws.
 */
export async function readReport(
	chunks: AsyncIterable<Uint8Array>,
	{ label, limits, signal }: Omit<ReportReading, 'reference'>,
): Promise<SavedReport> {
	const report = new ReportVisitor(label, limits);
	const pieces = new JsonPieces(report);
	const slice = new TimeSlice(signal);
	try {
		for await (const chunk of chunks) {
			for (let start = 0; start < chunk.length; start += BYTES_A_STEP) {
				pieces.write(chunk.subarray(start, start + BYTES_A_STEP));
				await slice.yield();
			}
		}
		pieces.end();
		return await runWithin(slice, report.finish());
	} catch (error) {
		if (error instanceof JsonPieceError)
			throw report.isOther && error.fault === 'too-long' ? report.noReport() : asReportError(error, label);
		throw asPackedError(error, label);
	}
}

/** Some hundred rows. */
const BYTES_A_STEP = 64 * 1024;
