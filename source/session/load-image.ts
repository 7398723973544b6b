import { Readable } from 'node:stream';
import type { Worker } from 'node:worker_threads';
import { analyse } from '../analysis/analyse.ts';
import type { Analysis } from '../analysis/analysis.ts';
import { type LayerCache, noCache, readingAll } from '../cache/layer-cache.ts';
import type { FileTree } from '../filetree/file-tree.ts';
import type { StackedImage, UnresolvedContents } from '../filetree/stacking/stack.ts';
import { type ResolveInput, resolveContents, takesReading } from '../sources/contents/resolve-contents.ts';
import type { Host } from '../sources/host.ts';
import type { Access, OpenOptions, ReadImage, SourceInput } from '../sources/image-source.ts';
import { readImage } from '../sources/read-image.ts';
import { LayerWorkers } from '../sources/workers/layer-workers.ts';
import type { ContentClasses } from '../tar/content-groups.ts';
import { diveOnce } from './dive-once.ts';
import { type Preview, previewing } from './preview.ts';
import { discardPaths, type RestOfStacking, stackCached } from './stack-cached.ts';
import { Stacking } from './stacking.ts';

/** An image with everything worked out: what every command starts from. */
export interface LoadedImage {
	readonly image: ReadImage;
	readonly tree: FileTree;
	readonly analysis: Analysis;
}

export interface LoadOptions extends OpenOptions {
	/** How many of the lowest layers are the base (`--base`). */
	readonly baseLayerCount?: number;
	/** Whether dive's score will be shown: then it is worked out while contents are compared, and else when it is asked for. */
	readonly showsDive?: boolean;
	/** Gets what the lowest layer alone makes, if the others take a while to read. What it gives back is awaited. */
	readonly onPreview?: (preview: Preview) => Promise<void>;
	/**
	 * Gets the image while contents are still being compared, if that takes a while: all is final but the kind of those changes that leave a file's size as
	 * it was, and so the causes of waste.
	 */
	readonly onDraft?: (draft: LoadedImage) => void;
	/** Where the archive comes from when the reference is `-`; nothing by default. */
	readonly stdin?: Readable;
	/** None by default. */
	readonly cache?: LayerCache;
	/** A worker that was started for this image. None by default. */
	readonly earlyWorker?: Worker | null;
	/** An empty one by default. */
	readonly host?: Host;
	/** Without any credentials by default. */
	readonly access?: Access;
}

/** Less than this is compared in less time than it takes to show a draft. */
const WORTH_A_DRAFT_BYTES = 64 * 1024 * 1024;

/** Reads an image, stacks its layers and works out every figure. Throws `FathomError`. */
export async function loadImage(reference: string, options: LoadOptions): Promise<LoadedImage> {
	const input = sourceInput(reference, options);
	try {
		return await readAndStack(input, options);
	} finally {
		await input.workers.close();
	}
}

async function readAndStack(
	input: SourceInput,
	{ baseLayerCount, showsDive = false, onPreview, onDraft, ...given }: LoadOptions,
): Promise<LoadedImage> {
	const { workers, cache } = input;
	const begin = (entries: number) => new Stacking(entries, workers, options);
	let begun: Stacking | null = null;
	const options: OpenOptions = {
		...given,
		...(onPreview && { onLowestLayer: previewing(onPreview) }),
		onLayer: ({ changeset, location }, expectedEntries) => {
			begun ??= begin(expectedEntries);
			begun.add(changeset, location);
		},
	};
	const { changesets, ...read } = await readImage(input, options);
	const { answers, content } = read;
	// Contents that have identities are compared without reading: the memory of the workers is better used for stacking.
	if (content === null) await workers.close();
	const locations = content?.locations ?? [];
	const dive = diveOnce();
	const finish = (stacked: StackedImage): LoadedImage =>
		finishImage(read, stacked, { baseLayerCount, cache, dive });
	const settle: RestOfStacking['settle'] = (question, comparer) => {
		discardPaths(changesets);
		return resolveMeanwhile(question, {
			reading: { locations, answers, comparer, cache, options },
			workers,
			...(onDraft && { onDraft: () => onDraft(finish(question.draft())) }),
			...(showsDive && { scoreDive: () => dive(question.structure()) }),
		});
	};
	return finish(await stackCached(changesets, { cache, answers }, { begun, begin, locations, settle }));
}

interface Resolving {
	readonly reading: Omit<ResolveInput, 'changesets'>;
	readonly workers: LayerWorkers;
	/** Is called first if it takes a while to compare. */
	readonly onDraft?: () => void;
	/** Is called while workers compare. */
	readonly scoreDive?: () => void;
}

/** Has contents compared, and something else done until the main thread is needed for that. */
async function resolveMeanwhile(
	{ groups, changesets }: UnresolvedContents,
	{ reading, workers, onDraft, scoreDive }: Resolving,
): Promise<ContentClasses> {
	if (onDraft && takesReading(WORTH_A_DRAFT_BYTES, groups, changesets)) onDraft();
	const resolving = resolveContents(groups, { ...reading, changesets });
	scoreDive?.();
	const classes = await resolving;
	// Nothing is left for them to do, and nobody has to wait until they have ended.
	workers.close();
	return classes;
}

function sourceInput(reference: string, options: LoadOptions): SourceInput {
	const { stdin = Readable.from([]), cache = noCache(), host = nobody, access = nothing } = options;
	return {
		reference,
		name: reference,
		stdin,
		workers: new LayerWorkers(options.earlyWorker),
		cache: options.verify ? readingAll(cache) : cache,
		host,
		access,
	};
}

const nobody: Host = { environment: {}, homeFolder: '/', currentFolder: '.', system: 'linux', userId: null };
const nothing: Access = { username: null, password: null, insecure: false, namespace: null };

interface Finishing {
	readonly baseLayerCount: number | undefined;
	readonly cache: LayerCache;
	readonly dive: ReturnType<typeof diveOnce>;
}

function finishImage(
	read: Omit<ReadImage, 'changesets'>,
	{ tree, entryNodes, warnings: fromStacking }: StackedImage,
	{ baseLayerCount, cache, dive }: Finishing,
): LoadedImage {
	const { description, others } = read;
	const scoreDive = () => dive({ tree, entryNodes });
	const analysis = analyse({ tree, entryNodes, description, others, baseLayerCount, scoreDive });
	const warnings = [...read.warnings, ...fromStacking, ...cache.warnings()];
	return { image: { ...read, changesets: tree.changesets, warnings }, tree, analysis };
}
