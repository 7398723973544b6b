import { FathomError, messageOf } from '../../../errors.ts';
import { singleLine, withoutFullStop } from '../message-text.ts';

/** For an export that ended too early. */
export function truncatedExport(engine: string, image: string, cause: unknown): FathomError {
	return new FathomError({
		code: 'truncated',
		message: `${engine}: the export of ${image} ended early (${withoutFullStop(singleLine(messageOf(cause)))}).`,
		hint: "Try again; the engine's log may say why it stopped.",
		cause,
	});
}
