import { FathomError } from '../errors.ts';
import type { FoundImage, ImageSource, OpenOptions, SourceInput, SourceName } from './image-source.ts';
import { throwIfInterrupted } from './time-slice.ts';

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
): Promise<FoundImage> {
	const refusals: Refusal[] = [];
	for await (const source of sources) {
		try {
			return await source.find(input, options);
		} catch (error) {
			throwIfInterrupted(options.signal);
			if (!(error instanceof FathomError) || !passing.includes(error.code)) throw error;
			refusals.push({ sourceName: source.sourceName, error });
		}
	}
	throw foundNowhere(input.name, refusals);
}

interface Refusal {
	readonly sourceName: SourceName;
	readonly error: FathomError;
}

function foundNowhere(name: string, refusals: readonly Refusal[]): FathomError {
	const errors = refusals.map(({ error }) => error);
	return new FathomError({
		code: 'not-found',
		message: `${name} was found nowhere: ${errors.map((error) => reasonOf(error, name)).join('; ')}.`,
		hint: bestHint(refusals),
		cause: new AggregateError(errors, 'What each place said'),
	});
}

/** A message as a part of a longer one, which has said what it is about. */
function reasonOf({ message }: FathomError, name: string): string {
	return message.replace(`no image ${name}`, 'no such image').replace(/\.$/, '');
}

/**
 * That somebody may not ask an engine that runs is the likeliest reason, and the one that they can do something about; next comes another
 * tag of the same name. The registry, which is asked last, refuses whatever it does not know.
 */
function bestHint(refusals: readonly Refusal[]): string {
	const locked = refusals.slice(0, -1).find(({ error }) => error.code === 'denied');
	if (locked?.error.hint !== undefined) return locked.error.hint;
	const similar = refusals.find(
		({ error: { code, hint } }) => code === 'not-found' && hint?.startsWith('It has '),
	);
	if (similar?.error.hint !== undefined) return similar.error.hint.replace('It', similar.sourceName);
	return 'Check the name, or name one place: docker:REF, podman:REF, containerd:REF, registry:REF.';
}
