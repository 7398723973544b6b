import { Readable } from 'node:stream';
import { FathomError } from '../../../source/errors.ts';
import type { JsonReport } from '../../../source/report/json/schema.ts';
import type { ImageSession } from '../../../source/session/image-session.ts';
import { type LoadOptions, loadImage } from '../../support/load-image.ts';
import { jsonTextOf, parseReport, withFacts } from '../../support/report.ts';
import type { Random } from '../random.ts';
import { FuzzFailure } from './failure.ts';

/** What opening an archive came to. */
export type Outcome =
	| {
			readonly kind: 'image';
			readonly session: ImageSession;
			readonly text: string;
			readonly report: JsonReport;
	  }
	| { readonly kind: 'refused'; readonly code: string; readonly message: string };

/** As a user has them who sets nothing. */
const limits = { paths: 6_000_000, pathBytes: 512 * 1024 * 1024 };

/** Opens an archive and writes its report, which says nothing of where the archive was. */
export async function outcomeOf(reference: string, options: LoadOptions = {}): Promise<Outcome> {
	try {
		const session = await loadImage(reference, { limits, ...options });
		const text = await jsonTextOf(withFacts(session, { reference: 'fuzzed', sourceKind: 'archive' }));
		return { kind: 'image', session, text, report: validated(text) };
	} catch (error) {
		if (error instanceof FuzzFailure) throw error;
		if (!(error instanceof FathomError)) throw new FuzzFailure('error', nameOf(error), stackOf(error));
		const { code, message } = error;
		return { kind: 'refused', code, message };
	}
}

/** Opens an archive that comes as a stream, cut at random places. */
export function outcomeOfStream(archive: Uint8Array, random: Random): Promise<Outcome> {
	const pieces: Uint8Array[] = [];
	const largest = random.pick([...(archive.length < 20_000 ? [3, 40] : []), 600, 600, 5000, 300_000]);
	for (let start = 0; start < archive.length; ) {
		const end = start + 1 + random.below(largest);
		pieces.push(archive.slice(start, end));
		start = end;
	}
	return outcomeOf('-', { stdin: Readable.from(pieces, { objectMode: false }) });
}

function validated(text: string): JsonReport {
	try {
		return parseReport(text);
	} catch (error) {
		throw new FuzzFailure('schema', 'the report', String(error).slice(0, 500));
	}
}

function nameOf(error: unknown): string {
	return error instanceof Error ? `${error.name}: ${error.message.slice(0, 60)}` : String(error);
}

function stackOf(error: unknown): string {
	return error instanceof Error ? String(error.stack) : String(error);
}
