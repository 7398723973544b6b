import { analyse } from '../analysis/analyse.ts';
import { AskedAnswers } from '../analysis/answers.ts';
import { baseNotices } from '../analysis/base.ts';
import { maskDescription, maskLines, maskWarnings } from '../analysis/masking/mask-description.ts';
import { discard } from '../columns/grow.ts';
import type { StackedImage } from '../filetree/stacked-image.ts';
import type { UnresolvedContents } from '../filetree/stacking/stack.ts';
import type { FoundBases } from '../sources/bases/find-bases.ts';
import { type ResolveInput, resolveContents, takesReading } from '../sources/contents/resolve-contents.ts';
import type { ReadOptions, ReadProgress, SourceInput } from '../sources/image-source.ts';
import { runInSlices } from '../sources/time-slice.ts';
import type { LayerWorkers } from '../sources/workers/layer-workers.ts';
import type { Changeset } from '../tar/changeset.ts';
import type { ContentClasses } from '../tar/content-groups.ts';
import { newEntryBudget, noLimits } from '../tar/entry-budget.ts';
import { searchBases, searchNotices } from './base-search.ts';
import { readImageOrContainer } from './container/read-container.ts';
import { ImageSession } from './image-session.ts';
import type { SessionOptions } from './session-options.ts';
import { knownArguments, knownLines } from './source-lines.ts';
import { type RestOfStacking, stackCached } from './stack-cached.ts';
import { Stacking } from './stacking.ts';
import type { ImageView, StageSequence } from './stages.ts';
import type { LayerReading } from './watching/layer-reading.ts';
import type { LayerWatch } from './watching/layer-watch.ts';

export interface OpeningInput extends SessionOptions {
	readonly stages: StageSequence;
	/** Null where nobody watches. */
	readonly watch: LayerWatch | null;
	/** The layer, 0-based, for which the image is read once more, while the session before is shown; null for the first time. */
	readonly again: number | null;
	readonly signal: AbortSignal;
}

/** A layer that was to be read once more could not be read: the session that is there stays. */
export class StillUnread extends Error {}

/** Less than this is compared in less time than it takes to show a draft. */
const WORTH_A_DRAFT_BYTES = 64 * 1024 * 1024;

/** Reads an image, stacks its layers and works out its figures. Idle, the session holds no worker. Throws `FathomError`. */
export async function readAndStack(input: SourceInput, opening: OpeningInput): Promise<ImageSession> {
	const { workers, cache } = input;
	const { stages, signal, base, isCompared, onContents, onNote, watch, sharing } = opening;
	const { options, begin, begun } = stackWhileReading(workers, opening);
	const { changesets, ...read } = await readImageOrContainer(input, options);
	// What is made of some layers needs their paths.
	await watch?.end();
	if (opening.again !== null && watch?.failed.includes(opening.again)) {
		await read.files?.close();
		throw new StillUnread();
	}
	const { answers: address, content } = read;
	const searching = searchBases({
		...{ input, read, signal, onNote },
		options: opening.baseSearch ?? null,
	});
	// It is awaited behind what may fail before.
	searching.catch(() => undefined);
	const recorded = read.description;
	const lines = knownLines(read, recorded, opening.dockerfile ?? null);
	const instructions = await runInSlices(maskLines(lines.instructions), signal);
	const description = await runInSlices(maskDescription(recorded), signal);
	const buildArguments = knownArguments(read, opening.dockerfile ?? null);
	// Contents that have identities are compared without reading: the memory of the workers is better used for stacking.
	if (content === null) await workers.close();
	const locations = content?.locations ?? [];
	const ahead = new AnswersAhead(opening);
	const viewOf = async ({ tree, warnings }: StackedImage, bases: FoundBases | null): Promise<ImageView> => {
		const { isFromScratch } = lines;
		const figures = analyse({ tree, description, found: bases?.bases, base, isFromScratch, isCompared });
		return {
			image: {
				...read,
				description,
				warnings: [...maskWarnings(read.warnings), ...warnings, ...cache.warnings()],
				notices: [
					...read.notices,
					...baseNotices(base, description),
					...(bases === null ? [] : searchNotices(bases)),
					...lines.notices,
				],
			},
			tree,
			figures: await runInSlices(figures, signal),
		};
	};
	const resolve: RestOfStacking['resolve'] = async (contents, comparer) => {
		discardPaths(changesets, opening);
		const reading = { locations, answers: address, comparer, cache, options };
		if (
			watch !== null &&
			opening.again === null &&
			takesReading(WORTH_A_DRAFT_BYTES, contents.groups, contents.changesets)
		)
			await showDraft(stages, await viewOf(await contents.draft(), null), watch.layers);
		return resolveMeanwhile(contents, { reading, workers, ahead });
	};
	const stacked = await stackCached(
		changesets,
		{ cache, answers: address },
		{ begun: begun(), begin, locations, resolve },
	);
	discardPaths(changesets, opening);
	const { image, tree, figures } = await viewOf(stacked, await searching);
	const answers = ahead.answersAbout(stacked);
	// Where nothing had to be compared they are still there.
	workers.close();
	return new ImageSession({
		read: { ...read, ...image, instructions, buildArguments },
		recorded,
		tree,
		figures,
		answers,
		workers,
		cache,
		sharedFacts: sharing?.shared.facts ?? null,
		onContents,
	});
}

/** Gives back the paths of changesets: the largest columns of all, and of no use once names are in the tree. */
function discardPaths(
	changesets: readonly Changeset[],
	{ sharing, watch }: Pick<OpeningInput, 'sharing' | 'watch'>,
): void {
	// All are stacked once more when the rest can be read.
	if (watch !== null && watch.failed.length > 0) return;
	for (const changeset of changesets) {
		if (sharing?.role === 'gives' && sharing.shared.keepsPaths(changeset)) continue;
		discard(changeset.paths.bytes);
		discard(changeset.paths.ends);
	}
}

/** Stacks layers as they come, and says how far reading is. */
function stackWhileReading(
	workers: LayerWorkers,
	{ stages, signal, verify, digests, facts, watch, onNote, sharing, limits = noLimits }: OpeningInput,
) {
	const begin = (entries: number) => new Stacking(entries, workers, options);
	let begun: Stacking | null = null;
	const options: ReadOptions = {
		...(verify !== undefined && { verify }),
		...(digests !== undefined && { digests }),
		...(facts !== undefined && { facts }),
		budget: newEntryBudget(limits),
		signal,
		...(onNote !== undefined && { onNote }),
		...(sharing !== undefined && { sharing }),
		onProgress: (progress) => showProgress(stages, progress),
		...(watch !== null && { watcher: watch }),
		onLayer: ({ changeset, location }, expectedEntries) => {
			begun ??= begin(expectedEntries());
			return begun.add(changeset, location);
		},
	};
	return { options, begin, begun: () => begun };
}

function showProgress(stages: StageSequence, progress: ReadProgress): void {
	const { latest } = stages;
	if (latest.kind !== 'complete') stages.set({ ...latest, progress });
}

async function showDraft(
	stages: StageSequence,
	draft: ImageView,
	layers: readonly LayerReading[],
): Promise<void> {
	stages.set({ kind: 'draft', draft, progress: null, layers });
	await nextTurn();
}

/** By then the reader of the stages has taken the last one. */
function nextTurn(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}

/** Answers that are worked out while workers compare contents. They need only where entries belong, not what they change. */
class AnswersAhead {
	readonly #opening: Pick<OpeningInput, 'ahead' | 'signal'>;
	#answers: AskedAnswers | null = null;

	constructor(opening: Pick<OpeningInput, 'ahead' | 'signal'>) {
		this.#opening = opening;
	}

	async begin({ structure }: UnresolvedContents): Promise<void> {
		const { ahead = [], signal } = this.#opening;
		if (ahead.length === 0) return;
		this.#answers = new AskedAnswers(await structure(), runInSlices);
		await this.#answers.ask(ahead, signal);
	}

	answersAbout(stacked: StackedImage): AskedAnswers {
		return this.#answers ?? new AskedAnswers(stacked, runInSlices);
	}
}

interface Resolving {
	readonly reading: Omit<ResolveInput, 'changesets'>;
	readonly workers: LayerWorkers;
	readonly ahead: AnswersAhead;
}

/** Has contents compared, and answers worked out meanwhile. */
async function resolveMeanwhile(
	contents: UnresolvedContents,
	{ reading, workers, ahead }: Resolving,
): Promise<ContentClasses> {
	const { groups, changesets } = contents;
	const resolving = resolveContents(groups, { ...reading, changesets });
	const [classes] = await Promise.all([resolving, ahead.begin(contents)]);
	// Nothing is left for them to do, and nothing has to wait until they have ended.
	workers.close();
	return classes;
}
