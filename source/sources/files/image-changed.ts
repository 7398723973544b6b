import { FathomError } from '../../errors.ts';

/** The file that an image was read from is another one by now, or gone: what is known of it leads nowhere, however often it is tried. */
export class ImageChanged extends FathomError {
	constructor(label: string, isGone: boolean) {
		super(
			isGone
				? {
						code: 'not-found',
						message: `${label} is gone since it was opened.`,
						hint: 'Put it back, and open it again.',
					}
				: { code: 'corrupt', message: `${label} has changed since it was opened.`, hint: 'Open it again.' },
		);
	}
}
