import type { Readable } from 'node:stream';
import type { ImageDifference } from '../../diff/image-difference.ts';
import type { Both } from '../../diff/merge-structure.ts';
import { FathomError } from '../../errors.ts';
import type { ImageSession } from '../../session/image-session.ts';
import { openImage } from '../../session/open-image.ts';
import { compareImages } from '../../session/pair/image-pair.ts';
import { bringsReport, reportPath } from '../../session/saved/find-report.ts';
import { openReport } from '../../session/saved/open-report.ts';
import type { SavedImage } from '../../session/saved/saved-image.ts';
import { STANDARD_INPUT } from '../../sources/archive/standard-input-source.ts';
import { noLimits } from '../../tar/entry-budget.ts';
import type { CommandContext } from '../command.ts';
import { imageChoiceOf, sessionOptionsOf } from '../session-options.ts';
import { untilInterrupted } from '../until-interrupted.ts';

/** One of two images, or the report that is left of it. */
export type OpenedImage = ImageSession | SavedImage;

/** What is being opened. */
interface Opening {
	/** Throws `FathomError`. */
	readonly complete: Promise<OpenedImage>;
	/** Stops reading, or closes what was opened. */
	close(): Promise<void>;
}

/** Opens both images that were named, compares them, and closes them when `use` is done. Throws `FathomError`. */
export async function withImagePair<Result>(
	context: CommandContext,
	use: (images: Both<OpenedImage>, difference: ImageDifference) => Promise<Result>,
): Promise<Result> {
	const { signal } = context;
	const openings = await untilInterrupted(openPair(context), signal);
	try {
		const [older, newer] = openings.map(({ complete }) => complete);
		const images: Both<OpenedImage> = await untilInterrupted(Promise.all([older, newer]), signal);
		return await use(images, await compareImages(images, signal));
	} finally {
		await Promise.all(openings.map((opening) => opening.close()));
	}
}

/** Begins to open both images. Throws `usage` where both come by standard input. */
async function openPair(context: CommandContext): Promise<Both<Opening>> {
	const { newImage } = context;
	if (newImage === null) throw new TypeError('The command takes two images.');
	if (context.reference === STANDARD_INPUT && newImage.reference === STANDARD_INPUT) {
		throw new FathomError({
			code: 'usage',
			message: 'Both images are to come by standard input, which can bring one.',
			hint: 'Save one of them to a file, and name that.',
		});
	}
	const newContext = { ...context, ...newImage, earlyWorker: null };
	return Promise.all([openOne(context), openOne(newContext)]);
}

/** What can be read only once is hashed as it passes, because no file of it can be read again to compare it. */
async function openOne(context: CommandContext): Promise<Opening> {
	const choice = imageChoiceOf(context);
	const isStream = context.reference === STANDARD_INPUT;
	const from = isStream ? await reportStream(context) : await reportPath(choice);
	const options = sessionOptionsOf(context);
	if (from === null) return openImage(choice, { ...options, digests: options.digests === true || isStream });
	const { reference, settings } = context;
	return openReport({
		reference,
		label: isStream ? 'standard input' : reference,
		from,
		platform: settings.platform,
		baseLayerCount: settings.baseLayerCount,
		limits: options.limits ?? noLimits,
	});
}

/** Standard input where it brings a report. */
async function reportStream({ stdin, settings }: CommandContext): Promise<Readable | null> {
	return !settings.asLayer && (await bringsReport(stdin)) ? stdin : null;
}
