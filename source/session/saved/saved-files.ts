import { FathomError } from '../../errors.ts';
import { shorten } from '../../text/shorten.ts';
import type { SessionFiles } from '../session-files.ts';

/** The files of an image of which only a report is left: none can be opened. */
export class SavedFiles implements Pick<SessionFiles, 'refusal' | 'openEntry' | 'storedLayer'> {
	readonly refusal: FathomError;

	/** `reference` is the report as the user named it. */
	constructor(reference: string) {
		this.refusal = new FathomError({
			code: 'unsupported',
			message: `${shorten(reference)}: a saved report does not have the contents of files.`,
			hint: 'Name the image itself.',
		});
	}

	/** Throws `unsupported`. */
	// biome-ignore lint/correctness/useYield: there is nothing to give.
	async *openEntry(): AsyncGenerator<Uint8Array> {
		throw this.refusal;
	}

	storedLayer(): null {
		return null;
	}
}
