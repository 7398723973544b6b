import type { Both } from '../../diff/merge-structure.ts';
import { FathomError } from '../../errors.ts';
import { ImageSession } from '../../session/image-session.ts';
import type { OnLayer } from '../../session/pair/reproducible/layer-streams.ts';
import { STANDARD_INPUT } from '../../sources/archive/standard-input-source.ts';
import type { CommandContext } from '../command.ts';
import type { OpenedSide } from './open-side.ts';

/** A layer that is read in less time is not worth a line. */
const QUIET_MILLISECONDS = 2000;

/** Throws `usage` for an image by standard input, of which no layer can be read again. */
export function rejectReadOnce({ reference, newImage }: CommandContext, flag: string): void {
	if (reference !== STANDARD_INPUT && newImage?.reference !== STANDARD_INPUT) return;
	throw new FathomError({
		code: 'usage',
		message: `${flag} reads layers again, and standard input can be read only once.`,
		hint: 'Write the archive to a file, and name that.',
	});
}

/** Both images where neither is a saved report. Throws `usage` where one is: it has nothing to read again. */
export function requireImages(images: Both<OpenedSide>, what: string): Both<ImageSession> {
	const [older, newer] = images;
	if (older instanceof ImageSession && newer instanceof ImageSession) return [older, newer];
	const { reference } = (older instanceof ImageSession ? newer : older).image;
	throw new FathomError({
		code: 'usage',
		message: `${what}, and ${reference === STANDARD_INPUT ? 'standard input' : reference} is a report, which has none.`,
		hint: 'Name the image itself.',
	});
}

/** Says on a terminal which layer is being read again, once that takes long. */
export function sayWhichLayer({ stdout, onNote }: CommandContext): OnLayer {
	const start = performance.now();
	return (layerIndex, layerCount) => {
		if (!stdout.isTTY || performance.now() - start < QUIET_MILLISECONDS) return;
		onNote({ kind: 'waiting', message: `comparing layer ${layerIndex + 1} of ${layerCount}` });
	};
}
