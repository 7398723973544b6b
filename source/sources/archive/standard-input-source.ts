import type { ImageSource } from '../image-source.ts';
import { readStream } from './read-stream.ts';

/** The reference that means standard input. */
export const STANDARD_INPUT = '-';

/** An archive on standard input, read as it comes. */
export const standardInputSource: ImageSource = {
	sourceName: 'archive',
	find: async ({ reference, stdin, cache: { identityKey } }, options) => ({
		foundIn: null,
		read: () =>
			readStream({ reference, label: 'standard input', chunks: stdin, bytes: null, identityKey }, options),
	}),
};
