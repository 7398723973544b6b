import { FathomError } from '../errors.ts';
import type { FoundImage, ImageSource, ReadOptions, SourceInput, SourceName } from './image-source.ts';
import { throwIfInterrupted } from './time-slice.ts';

/** Errors after which the next source is tried: this one is not there, is set up wrongly, denies access, or has no such image. */
const nextSourceAfter: readonly FathomError['code'][] = ['not-found', 'unavailable', 'settings', 'denied'];

/**
 * Looks for an image in one source after the other. Throws `not-found` with the answer of every source when none has it, and at once
 * what went wrong where a source has the image.
 */
export async function findAnywhere(
	sources: AsyncIterable<ImageSource>,
	input: SourceInput,
	options: ReadOptions,
): Promise<FoundImage> {
	const failures: SourceFailure[] = [];
	for await (const source of sources) {
		try {
			return await source.find(input, options);
		} catch (error) {
			throwIfInterrupted(options.signal);
			if (!(error instanceof FathomError) || !nextSourceAfter.includes(error.code)) throw error;
			failures.push({ sourceName: source.sourceName, error });
		}
	}
	throw foundNowhere(input.name, failures);
}

interface SourceFailure {
	readonly sourceName: SourceName;
	readonly error: FathomError;
}

function foundNowhere(name: string, failures: readonly SourceFailure[]): FathomError {
	const errors = failures.map(({ error }) => error);
	return new FathomError({
		code: 'not-found',
		message: `${name} was not found: ${errors.map((error) => reasonOf(error, name)).join('; ')}.`,
		hint: bestHint(failures),
		cause: new AggregateError(errors, 'What each source said'),
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
function bestHint(failures: readonly SourceFailure[]): string {
	const locked = failures.slice(0, -1).find(({ error }) => error.code === 'denied');
	if (locked?.error.hint !== undefined) return locked.error.hint;
	const similar = failures.find(
		({ error: { code, hint } }) => code === 'not-found' && hint?.startsWith('It has '),
	);
	if (similar?.error.hint !== undefined) return similar.error.hint.replace('It', similar.sourceName);
	return 'Check the name, or name one source: docker:REF, podman:REF, containerd:REF, registry:REF.';
}
