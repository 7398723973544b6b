import { basename } from 'node:path';
import { FathomError } from '../../errors.ts';
import type { ImageDescription } from '../../image/image.ts';
import { formatPlatform, type Platform, platformMatches } from '../../image/platform.ts';
import { asFileError } from '../../sources/file-errors.ts';
import type { ReadImage, ReadOptions, SourceInput } from '../../sources/image-source.ts';
import { readImage } from '../../sources/read-image.ts';
import { namesContainer, namesFile } from '../../sources/resolve-source.ts';
import type { Changeset } from '../../tar/changeset.ts';
import { budgetBeside } from '../../tar/entry-budget.ts';
import { shorten } from '../../text/shorten.ts';
import type { Warning } from '../../warning.ts';
import { joinedFiles } from './joined-files.ts';
import { noticesOf, warningsOf } from './remarks.ts';
import { locationsOf, type WritableLayer, writableLayer } from './writable-layer.ts';

/**
 * Reads what the reference names: an image, or a container as its image with what it wrote as one more layer on top. With `over`, a
 * file that holds the file system of a container is taken as that of a container of this image. Throws `FathomError`.
 */
export async function readImageOrContainer(input: SourceInput, options: ReadOptions): Promise<ReadImage> {
	if (!mayBeContainer(input)) return readImage(withoutOver(input), options);
	const fileSystem = await readFileSystem(input, options);
	if (input.isOverOptional && !isFileSystem(fileSystem)) return fileSystem;
	const image = await readImageBelow(input, fileSystem, options);
	const container = fileSystem.container ?? null;
	// A file does not say what was mounted, but the image says where volumes are.
	const mounts = container?.mounts ?? image.description.config.volumes;
	const foreign = { mounts, onlyEmptyFiles: container === null };
	const layer = await writableLayer({ image, fileSystem, foreign }, input, options);
	return onTop(image, fileSystem, { layer, mounts, input });
}

function mayBeContainer({ over, isOverOptional, reference, source }: SourceInput): boolean {
	if (over === undefined || isOverOptional)
		return namesContainer(reference, source) || (over !== undefined && namesFile(reference, source));
	return true;
}

function withoutOver({ over: _over, ...input }: SourceInput): SourceInput {
	return input;
}

/** Whether nothing says that it is an image. */
function isFileSystem({ sourceKind }: ReadImage): boolean {
	return sourceKind === 'container-snapshot' || sourceKind === 'layer';
}

async function readFileSystem(input: SourceInput, options: ReadOptions): Promise<ReadImage> {
	const { over, reference, imageName: _imageName, platform: _platform, ...rest } = input;
	if (over === '-' && reference === '-') throw bothFromStandardInput();
	const { source, ...withoutSource } = rest;
	// The setting names where images come from, and that of a container is the image below it.
	const isOwn = over === undefined || source === 'container' || source === 'archive';
	const own = {
		...withoutSource,
		reference,
		...(isOwn && source !== undefined && { source }),
		...(over !== undefined && { over }),
	};
	const { onLayer: _onLayer, watcher: _watcher, ...reading } = options;
	const read = await readImage(own, {
		...of('container', reading),
		budget: budgetBeside(options.budget),
	});
	if (read.changesets.length === 1 || input.isOverOptional) return read;
	await read.files?.close();
	throw noFileSystem(reference, read);
}

/** The image that a container was made from, or that the user names. */
async function readImageBelow(
	input: SourceInput,
	{ container, files, reference }: ReadImage,
	options: ReadOptions,
): Promise<ReadImage> {
	const { over, source, asLayer: _asLayer, reference: _reference, over: _over, ...rest } = input;
	const reading = { ...of('image', options), comparable: true };
	try {
		if (over === undefined && container !== undefined) {
			const found = await container.findImage(reading);
			const image = { ...(await found.read()), foundIn: found.foundIn };
			requirePlatform(image, container.name, input.platform);
			return image;
		}
		const reference = over ?? '';
		const fixed = source !== 'container' && source !== 'archive' && source !== undefined ? { source } : {};
		return await readImage({ ...rest, ...fixed, reference, name: reference }, reading);
	} catch (error) {
		await files?.close();
		throw over === undefined ? asFileError(error, reference) : ofOver(asFileError(error, over));
	}
}

/** Says which of the two that the user names it is about. */
function ofOver(error: unknown): unknown {
	if (!(error instanceof FathomError) || error.code === 'interrupted') return error;
	const { code, message, hint, cause } = error;
	return new FathomError({
		code,
		message: `--over: ${message}`,
		cause,
		...(hint !== undefined && { hint }),
	});
}

/** A container has the platform that it was made for. Throws `no-such-image` where another one is asked for. */
function requirePlatform({ description }: ReadImage, name: string, wanted: Platform | undefined): void {
	const { platform } = description;
	if (wanted === undefined || platform === null || platformMatches(wanted, platform)) return;
	throw new FathomError({
		code: 'no-such-image',
		message: `Container ${shorten(name)} is for ${formatPlatform(platform)}, not for ${formatPlatform(wanted)}.`,
		hint: 'Leave --platform out.',
	});
}

/** Progress says which of the two is read. */
function of(part: 'image' | 'container', options: ReadOptions): ReadOptions {
	const { onProgress, watcher: _watcher, ...rest } = options;
	if (onProgress === undefined) return rest;
	return { ...rest, onProgress: (progress) => onProgress({ ...progress, part }) };
}

interface TopLayer {
	readonly layer: WritableLayer;
	readonly mounts: readonly string[];
	readonly input: SourceInput;
}

function onTop(image: ReadImage, fileSystem: ReadImage, { layer, mounts, input }: TopLayer): ReadImage {
	const { changeset } = layer;
	const layerCount = image.changesets.length;
	const isRead = image.content !== null || fileSystem.content !== null;
	return {
		reference: input.reference,
		sourceKind: 'container',
		identityScheme: 'keyed',
		foundIn: fileSystem.foundIn,
		description: describeOnTop(image.description, changeset, {
			text: layerText(fileSystem, input),
			created: fileSystem.container?.created ?? null,
		}),
		changesets: [...image.changesets, changeset],
		diffIdMatches: [...image.diffIdMatches, null],
		others: image.others,
		warnings: [
			...image.warnings,
			...fileSystem.warnings.map((warning) => atLayer(warning, layerCount)),
			...warningsOf(layer.changes, image, input),
		],
		notices: [...image.notices, ...noticesOf(layer.changes, fileSystem, { image, layerCount, mounts })],
		content: isRead ? { locations: locationsOf([image, fileSystem]) } : null,
		answers: null,
		files: joinedFiles(image, fileSystem, changeset),
	};
}

function atLayer(warning: Warning, layerIndex: number): Warning {
	return { ...warning, layerIndex };
}

/** What stands in the place of an instruction: no builder made this layer. */
function layerText({ container }: ReadImage, { reference }: SourceInput): string {
	if (container !== undefined) return `container ${shorten(container.name)}`;
	return `container from ${reference === '-' ? 'standard input' : shorten(basename(reference))}`;
}

interface TopText {
	readonly text: string;
	readonly created: string | null;
}

/** Neither a manifest nor a config has this layer, so that their digests and names are those of the image alone. */
function describeOnTop(
	image: ImageDescription,
	{ unpackedBytes }: Changeset,
	{ text, created }: TopText,
): ImageDescription {
	const index = image.layers.length;
	const made = { createdBy: text, instruction: text, created, comment: null };
	const top = {
		index,
		digest: null,
		diffId: null,
		mediaType: null,
		storedBytes: unpackedBytes,
		absent: null,
		...made,
	};
	return {
		...image,
		names: [],
		manifestDigest: null,
		configDigest: null,
		layers: [...image.layers, top],
		history: [...image.history, { ...made, author: null, layerIndex: index }],
	};
}

function noFileSystem(reference: string, { changesets }: ReadImage): FathomError {
	const name = reference === '-' ? 'Standard input' : shorten(reference);
	return new FathomError({
		code: 'usage',
		message: `--over: ${name} is an image of ${changesets.length} layers, not the file system of a container.`,
		hint: 'Leave --over out, or write the file system to a file: docker export CONTAINER -o container.tar',
	});
}

function bothFromStandardInput(): FathomError {
	return new FathomError({
		code: 'usage',
		message: '--over -: standard input cannot be both the container and its image.',
		hint: 'Write one of them to a file.',
	});
}
