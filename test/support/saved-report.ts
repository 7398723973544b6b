import { Readable } from 'node:stream';
import type { Reportable } from '../../source/report/reporter.ts';
import { openSavedImage, type SavedImage } from '../../source/session/saved/saved-image.ts';
import { noLimits } from '../../source/tar/entry-budget.ts';
import { jsonTextOf } from './report.ts';

/** Reads the text of a report, in pieces that fit to nothing. */
export function openReport(text: string | Uint8Array, limits = noLimits): Promise<SavedImage> {
	const bytes = Buffer.from(text);
	const pieces: Uint8Array[] = [];
	for (let start = 0; start < bytes.length; start += 997) pieces.push(bytes.subarray(start, start + 997));
	return openSavedImage(Readable.from(pieces), { reference: 'old.json', label: 'old.json', limits });
}

/** The image as its own report has it. */
export async function savedImageOf(image: Reportable, digests: boolean): Promise<SavedImage> {
	return openReport(await jsonTextOf(image, { digests }));
}
