import type { ImageSource } from '../image-source.ts';
import { readStream } from './read-stream.ts';

/** The reference that means standard input. */
export const STANDARD_INPUT = '-';

/** An archive on standard input, read as it comes. */
export const standardInputSource: ImageSource = {
	sourceName: 'archive',
	find: async (input, options) => ({
		foundIn: null,
		read: () =>
			readStream(
				{
					choice: input,
					label: 'standard input',
					chunks: input.stdin,
					bytes: null,
					identityKey: input.cache.identityKey,
				},
				options,
			),
	}),
};
