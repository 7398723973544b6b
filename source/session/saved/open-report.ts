import { createReadStream } from 'node:fs';
import { addAbortSignal, type Readable } from 'node:stream';
import type { NamedBase } from '../../analysis/base.ts';
import { FathomError } from '../../errors.ts';
import { formatPlatform, type Platform, platformMatches } from '../../image/platform.ts';
import { asFileError } from '../../sources/file-errors.ts';
import { throwIfInterrupted } from '../../sources/time-slice.ts';
import type { EntryLimits } from '../../tar/entry-budget.ts';
import { openSavedImage, type SavedImage } from './saved-image.ts';
import { unpackedReport } from './unpacked-report.ts';

export interface ReportChoice {
	/** As the user named it. */
	readonly reference: string;
	/** What to call it in messages. */
	readonly label: string;
	/** The file, or the stream that brings the report. */
	readonly from: string | Readable;
	/** The platform that the image has to be for; null for any. */
	readonly platform: Platform | null;
	/** What the user says the base is; null for what the report says. */
	readonly base: NamedBase | null;
	readonly limits: EntryLimits;
}

/** A report that is being read. */
export interface ReportOpening {
	/** Throws `FathomError`. */
	readonly complete: Promise<SavedImage>;
	/** Stops reading. */
	close(): Promise<void>;
}

const CHUNK_BYTES = 256 * 1024;

/** Begins to read a report. */
export function openReport(choice: ReportChoice): ReportOpening {
	const stop = new AbortController();
	const complete = readAll(choice, stop.signal);
	// It may be awaited later.
	complete.catch(() => {});
	const close = async (): Promise<void> => {
		stop.abort();
		await complete.catch(() => {});
	};
	return { complete, close };
}

async function readAll(choice: ReportChoice, signal: AbortSignal): Promise<SavedImage> {
	const { from, label, platform } = choice;
	const stream = typeof from === 'string' ? createReadStream(from, { highWaterMark: CHUNK_BYTES }) : from;
	try {
		const saved = await openSavedImage(unpackedReport(addAbortSignal(signal, stream), label), {
			...choice,
			signal,
		});
		requirePlatform(saved, label, platform);
		return saved;
	} catch (error) {
		throwIfInterrupted(signal);
		throw asFileError(error, label);
	}
}

/** Throws `no-such-image` for a report of an image for another platform. */
function requirePlatform({ image }: SavedImage, label: string, wanted: Platform | null): void {
	const { platform } = image.description;
	if (wanted === null || platform === null || platformMatches(wanted, platform)) return;
	throw new FathomError({
		code: 'no-such-image',
		message: `${label} is a report of an image for ${formatPlatform(platform)}, not for ${formatPlatform(wanted)}.`,
		hint: `Name a report of the image for that platform, or leave out --platform for this one.`,
	});
}
