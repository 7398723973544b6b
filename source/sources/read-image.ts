import { FathomError } from '../errors.ts';
import { standardInputSource } from './archive/standard-input-source.ts';
import { asFileError } from './file-errors.ts';
import { findAnywhere } from './find-anywhere.ts';
import type { FoundImage, ReadImage, ReadOptions, SourceInput } from './image-source.ts';
import { couldBeImageName, type Resolution, resolveSource } from './resolve-source.ts';
import { loadSource, loadSources } from './source-list.ts';

/** Finds the image, picks one of several and reads its layers. Throws `FathomError`. */
export async function readImage(input: SourceInput, options: ReadOptions): Promise<ReadImage> {
	const { reference, source } = input;
	try {
		const resolution = resolveSource(reference, source);
		const { foundIn, read } = await find(input, resolution, options);
		const image = await read().catch((error: unknown) => {
			throw isPathByChance(resolution, input) ? withOtherMeaning(error, reference) : error;
		});
		return { ...image, foundIn };
	} catch (error) {
		throw asFileError(error, reference);
	}
}

async function find(input: SourceInput, resolution: Resolution, options: ReadOptions): Promise<FoundImage> {
	if (resolution.kind === 'standard-input') return standardInputSource.find(input, options);
	const named = { ...input, name: resolution.name };
	if (resolution.kind === 'search') return findAnywhere(loadSources(resolution.sourceNames), named, options);
	const source = await loadSource(resolution.sourceName);
	return source.find(named, options).catch((error: unknown) => {
		throw withOtherImage(error, input.reference);
	});
}

/** `registry:2` and `docker:dind` are images of Docker Hub; fathom reads them as 2 in a registry and dind in Docker. */
function withOtherImage(error: unknown, reference: string): unknown {
	if (
		!(error instanceof FathomError) ||
		!/^(?:docker|registry):(?:\d[\w.-]*|dind|cli|latest)$/.test(reference)
	)
		return error;
	const { code, message, cause } = error;
	const [name] = reference.split(':', 1);
	const hint = `If you mean the image called ${name}, use docker:${reference} or registry:${reference}.`;
	return new FathomError({ code, message, hint, cause });
}

/** Whether a name means a path only because there is a file or a folder of that name. */
function isPathByChance(resolution: Resolution, { reference, source }: SourceInput): boolean {
	return (
		source === undefined &&
		resolution.kind === 'one' &&
		resolution.name === reference &&
		couldBeImageName(reference)
	);
}

/** A file or a folder may have the name of an image, as `app` beside its Dockerfile does. */
function withOtherMeaning(error: unknown, reference: string): unknown {
	if (!(error instanceof FathomError) || !/^(?:not-an-image|corrupt|truncated)$/.test(error.code))
		return error;
	const { code, message, cause } = error;
	const hint = `If you mean the image of that name, use docker:${reference} or registry:${reference}.`;
	return new FathomError({ code, message, hint, cause });
}
