import { FathomError } from '../../errors.ts';
import type { OnLayer } from '../../session/pair/reproducible/layer-streams.ts';
import { STANDARD_INPUT } from '../../sources/archive/standard-input-source.ts';
import type { CommandContext } from '../command.ts';

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

/** Says on a terminal which layer is being read again, once that takes long. */
export function sayWhichLayer({ stdout, onNote }: CommandContext): OnLayer {
	const start = performance.now();
	return (layerIndex, layerCount) => {
		if (!stdout.isTTY || performance.now() - start < QUIET_MILLISECONDS) return;
		onNote({ kind: 'waiting', message: `comparing layer ${layerIndex + 1} of ${layerCount}` });
	};
}
