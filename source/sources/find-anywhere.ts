import { FathomError } from '../errors.ts';
import { throwIfInterrupted } from './breathe.ts';
import type { ImageSource, LocatedImage, OpenOptions, SourceInput } from './image-source.ts';

/** What the next place may make good: this one is not there, is set up wrongly, does not let us in, or has no such image. */
const passing: readonly FathomError['code'][] = ['not-found', 'unavailable', 'settings', 'denied'];

/**
 * Looks for an image in one place after the other. Throws `not-found` that lists what every place said when none has it, and at once
 * what went wrong where a place has the image.
 */
export async function findAnywhere(
	sources: AsyncIterable<ImageSource>,
	input: SourceInput,
	options: OpenOptions,
): Promise<LocatedImage> {
	const refusals: FathomError[] = [];
	for await (const source of sources) {
		try {
			return await source.find(input, options);
		} catch (error) {
			throwIfInterrupted(options.signal);
			if (!(error instanceof FathomError) || !passing.includes(error.code)) throw error;
			refusals.push(error);
		}
	}
	throw foundNowhere(input.name, refusals);
}

function foundNowhere(name: string, refusals: readonly FathomError[]): FathomError {
	// That somebody may not ask an engine that runs is the likeliest reason, and the one that they can do something about.
	const locked = refusals.slice(0, -1).find(({ code }) => code === 'denied');
	return new FathomError({
		code: 'not-found',
		message: `${name} was found nowhere: ${refusals.map((refusal) => reasonOf(refusal, name)).join('; ')}.`,
		hint:
			locked?.hint ??
			'Check the name, or name one place: docker:REF, podman:REF, containerd:REF, registry:REF.',
		cause: new AggregateError(refusals, 'What each place said'),
	});
}

/** A message as a part of a longer one, which has said what it is about. */
function reasonOf({ message }: FathomError, name: string): string {
	return message.replace(`no image ${name}`, 'no such image').replace(/\.$/, '');
}
