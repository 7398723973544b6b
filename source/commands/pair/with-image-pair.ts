import type { ImageDifference } from '../../diff/image-difference.ts';
import type { Both } from '../../diff/merge/merge-structure.ts';
import { FathomError } from '../../errors.ts';
import { compareImages } from '../../session/pair/image-pair.ts';
import { STANDARD_INPUT } from '../../sources/archive/standard-input-source.ts';
import { SharedLayers } from '../../sources/sharing/shared-layers.ts';
import type { CommandContext } from '../command.ts';
import { ProgressLine } from '../output/progress-line.ts';
import { showContents, showReading } from '../output/reading-line.ts';
import { untilInterrupted } from '../running/until-interrupted.ts';
import { type OpenedSide, openSide, type SideContext, type SideOpening } from './open-side.ts';
import { rejectReadOnce, sayWhichLayer } from './reading-again.ts';

/** Opens both images that were named, compares them, and closes them when `use` is done. Throws `FathomError`. */
export function withImagePair<Result>(
	context: SideContext,
	use: (images: Both<OpenedSide>, difference: ImageDifference) => Promise<Result>,
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
	context: SideContext,
	use: (images: Both<OpenedSide>) => Promise<Result>,
): Promise<Result> {
	const { signal } = context;
	const line = new ProgressLine(context);
	const onContents = (done: number, total: number): void => showContents(done, total, line);
	const openings = openPair({ ...context, onContents });
	showReading(openings[0].stages, line, 'old image, ');
	showReading(openings[1].stages, line, 'new image, ');
	try {
		const images = await untilInterrupted(bothOf(openings, context), signal);
		line.clear();
		return await use(images);
	} finally {
		line.clear();
		await Promise.all(openings.map((opening) => opening.close()));
	}
}

/** Waits until both images are read. Throws `FathomError`, which says of which image it is. */
export async function bothOf(
	[older, newer]: Both<SideOpening>,
	context: CommandContext,
): Promise<Both<OpenedSide>> {
	return Promise.all([
		older.complete.catch(failureOf('old')),
		newer.complete.catch(failureOf('new', isProbablyPath(context))),
	]);
}

function failureOf(which: 'old' | 'new', isPath = false): (error: unknown) => never {
	return (error) => {
		if (!(error instanceof FathomError) || error.code === 'interrupted') throw error;
		const { code, message, cause } = error;
		const hint = isPath && (code === 'not-found' || code === 'not-an-image') ? TWICE : error.hint;
		const named = `The ${which} image: ${message}`;
		throw new FathomError({ code, message: named, cause, ...(hint !== undefined && { hint }) });
	};
}

const TWICE = 'Name the image twice before a PATH.';

/** Where flags make two images of one reference, what comes second may be meant as a path. */
function isProbablyPath({ reference, newImage, settings, paths }: CommandContext): boolean {
	if (newImage === null || paths.length > 0 || newImage.reference === reference) return false;
	return newImage.settings !== settings && newImage.reference.startsWith('/');
}

/** Begins to open both images. Throws `usage` where both come by standard input. */
export function openPair(
	context: SideContext,
	onNotes: Both<CommandContext['onNote']> = [context.onNote, context.onNote],
): Both<SideOpening> {
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
	const older = openSide({ ...context, onNote: onNotes[0] }, { shared, role: 'gives' });
	older.complete.then(
		() => shared.finish(),
		() => shared.finish(),
	);
	const newContext = { ...context, ...newImage, earlyWorker: null, onNote: onNotes[1] };
	const newer = openSide(newContext, { shared, role: 'takes' });
	Promise.allSettled([older.complete, newer.complete]).then(() => shared.discardPaths());
	return [older, newer];
}
