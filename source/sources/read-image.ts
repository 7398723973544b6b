import { FathomError } from '../errors.ts';
import { loadReaders } from '../facts/fact-groups.ts';
import { shorten } from '../text/shorten.ts';
import { standardInputSource } from './archive/standard-input-source.ts';
import { asFileError } from './file-errors.ts';
import { findAnywhere } from './find-anywhere.ts';
import type { FoundImage, ReadImage, ReadOptions, SourceInput } from './image-source.ts';
import { couldBeImageName, type Resolution, resolveSource } from './resolve-source.ts';
import { loadSource, loadSources } from './source-list.ts';
import { NothingFound } from './store/no-image.ts';

/** Finds the image, picks one of several and reads its layers. Throws `FathomError`. */
export async function readImage(input: SourceInput, options: ReadOptions): Promise<ReadImage> {
	const { reference, source } = input;
	try {
		await loadReaders(options.facts ?? []);
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
	if (input.asLayer) requireFile(resolution, input.reference);
	const named = { ...input, name: resolution.name };
	if (resolution.kind === 'search') return findAnywhere(loadSources(resolution.sourceNames), named, options);
	const source = await loadSource(resolution.sourceName);
	const { imageName = resolution.imageName } = input;
	return source
		.find({ ...named, ...(imageName !== undefined && { imageName }) }, options)
		.catch((error: unknown) => {
			throw withOtherImage(error, input.reference);
		});
}

function requireFile(resolution: Exclude<Resolution, { kind: 'standard-input' }>, reference: string): void {
	if (resolution.kind === 'one' && resolution.sourceName === 'archive') return;
	throw new FathomError({
		code: 'usage',
		message: `--as-layer opens a file or standard input, and ${shorten(reference)} is neither.`,
		hint: 'Leave --as-layer out, or name the file of the layer.',
	});
}

/**
 * `registry:2` and `docker:dind` are images of Docker Hub; fathom reads them as 2 in a registry and dind in Docker. And `docker://app` is an image
 * of a registry, except for those who come from dive.
 */
function withOtherImage(error: unknown, reference: string): unknown {
	if (!(error instanceof FathomError)) return error;
	const hint = otherMeaningOf(reference);
	if (hint === null || !/^(?:not-found|denied|unavailable)$/.test(error.code)) return error;
	const { code, message, cause } = error;
	return new FathomError({ code, message, hint, cause });
}

function otherMeaningOf(reference: string): string | null {
	if (/^docker:\/\/./.test(reference)) {
		const name = reference.slice('docker://'.length);
		return `docker:// means a registry. For the image in Docker, use docker:${name}.`;
	}
	if (!/^(?:docker|registry):(?:\d[\w.-]*|dind|cli|latest)$/.test(reference)) return null;
	const [name] = reference.split(':', 1);
	return `If you mean the image called ${name}, use docker:${reference} or registry:${reference}.`;
}

/**
 * Whether a name means a path only because there is a file or a folder of that name: one word, as `app` beside its Dockerfile. Somebody who writes
 * a path of several parts, or names what holds images, means it.
 */
function isPathByChance(resolution: Resolution, { reference, source }: SourceInput): boolean {
	return (
		source === undefined &&
		resolution.kind === 'one' &&
		resolution.name === reference &&
		!reference.includes('/') &&
		couldBeImageName(reference)
	);
}

/** A file or a folder that has nothing to do with images may have the name of one. */
function withOtherMeaning(error: unknown, reference: string): unknown {
	if (!(error instanceof NothingFound)) return error;
	const { code, message, cause } = error;
	const hint = `If you mean the image of that name, use docker:${reference} or registry:${reference}.`;
	return new FathomError({ code, message, hint, cause });
}
