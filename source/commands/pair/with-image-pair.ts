import type { ImageDifference } from '../../diff/image-difference.ts';
import type { Both } from '../../diff/merge-structure.ts';
import { FathomError } from '../../errors.ts';
import type { ImageSession } from '../../session/image-session.ts';
import { type ImageOpening, openImage } from '../../session/open-image.ts';
import { compareImages } from '../../session/pair/image-pair.ts';
import { STANDARD_INPUT } from '../../sources/archive/standard-input-source.ts';
import { type LayerSharing, SharedLayers } from '../../sources/sharing/shared-layers.ts';
import type { CommandContext } from '../command.ts';
import { imageChoiceOf, sessionOptionsOf } from '../session-options.ts';
import { untilInterrupted } from '../until-interrupted.ts';
import { rejectReadOnce, sayWhichLayer } from './reading-again.ts';

/** Opens both images that were named, compares them, and closes them when `use` is done. Throws `FathomError`. */
export function withImagePair<Result>(
	context: CommandContext,
	use: (images: Both<ImageSession>, difference: ImageDifference) => Promise<Result>,
): Promise<Result> {
	const isStrict = context.flags.get('strict') === 'true';
	if (isStrict) rejectReadOnce(context, '--strict');
	const options = { isStrict, onLayer: sayWhichLayer(context) };
	return withBothImages(context, async (images) =>
		use(images, await compareImages(images, context.signal, options)),
	);
}

/** Opens both images that were named, and closes them when `use` is done. Throws `FathomError`. */
export async function withBothImages<Result>(
	context: CommandContext,
	use: (images: Both<ImageSession>) => Promise<Result>,
): Promise<Result> {
	const { signal } = context;
	const openings = openPair(context);
	try {
		const [older, newer] = openings.map(({ complete }) => complete);
		const images: Both<ImageSession> = await untilInterrupted(Promise.all([older, newer]), signal);
		return await use(images);
	} finally {
		await Promise.all(openings.map((opening) => opening.close()));
	}
}

/** Begins to open both images. Throws `usage` where both come by standard input. */
function openPair(context: CommandContext): Both<ImageOpening> {
	const { newImage } = context;
	if (newImage === null) throw new TypeError('The command takes two images.');
	if (context.reference === STANDARD_INPUT && newImage.reference === STANDARD_INPUT) {
		throw new FathomError({
			code: 'usage',
			message: 'Both images are to come by standard input, which can bring one.',
			hint: 'Save one of them to a file, and name that.',
		});
	}
	const shared = new SharedLayers();
	const older = openOne(context, { shared, role: 'gives' });
	older.complete.then(
		() => shared.finish(),
		() => shared.finish(),
	);
	const newer = openOne({ ...context, ...newImage, earlyWorker: null }, { shared, role: 'takes' });
	return [older, newer];
}

/** What can be read only once is hashed as it passes, because no file of it can be read again to compare it. */
function openOne(context: CommandContext, sharing: LayerSharing): ImageOpening {
	const options = sessionOptionsOf(context);
	const digests = options.digests === true || context.reference === STANDARD_INPUT;
	// To check every layer means to read it where it is.
	return openImage(imageChoiceOf(context), { ...options, digests, ...(!options.verify && { sharing }) });
}
