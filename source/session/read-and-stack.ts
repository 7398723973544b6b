import { analyse } from '../analysis/analyse.ts';
import { AskedAnswers } from '../analysis/answers.ts';
import { baseNotices } from '../analysis/base.ts';
import type { StackedImage } from '../filetree/stacked-image.ts';
import type { UnresolvedContents } from '../filetree/stacking/stack.ts';
import { type ResolveInput, resolveContents, takesReading } from '../sources/contents/resolve-contents.ts';
import type { ImageChoice, ReadOptions, ReadProgress, SourceInput } from '../sources/image-source.ts';
import { runInSlices } from '../sources/time-slice.ts';
import type { LayerWorkers } from '../sources/workers/layer-workers.ts';
import type { ContentClasses } from '../tar/content-groups.ts';
import { newEntryBudget, noLimits } from '../tar/entry-budget.ts';
import { readImageOrContainer } from './container/read-container.ts';
import { ImageSession } from './image-session.ts';
import { viewOfLowest } from './lowest-layer.ts';
import type { SessionOptions } from './session-options.ts';
import { discardPaths, type RestOfStacking, stackCached } from './stack-cached.ts';
import { Stacking } from './stacking.ts';
import type { ImageView, StageSequence } from './stages.ts';

export interface OpeningInput extends SessionOptions {
	readonly choice: ImageChoice;
	readonly stages: StageSequence;
	readonly signal: AbortSignal;
}

/** Less than this is compared in less time than it takes to show a draft. */
const WORTH_A_DRAFT_BYTES = 64 * 1024 * 1024;

/** Reads an image, stacks its layers and works out its figures. Idle, the session holds no worker. Throws `FathomError`. */
export async function readAndStack(input: SourceInput, opening: OpeningInput): Promise<ImageSession> {
	const { workers, cache } = input;
	const { stages, signal, base } = opening;
	const { options, begin, begun } = stackWhileReading(workers, opening);
	const { changesets, ...read } = await readImageOrContainer(input, options);
	const { answers: address, content } = read;
	// Contents that have identities are compared without reading: the memory of the workers is better used for stacking.
	if (content === null) await workers.close();
	const locations = content?.locations ?? [];
	const ahead = new AnswersAhead(opening);
	const viewOf = async ({ tree, warnings }: StackedImage): Promise<ImageView> => {
		const { description, others } = read;
		const figures = analyse({ tree, description, others, base });
		return {
			image: {
				...read,
				warnings: [...read.warnings, ...warnings, ...cache.warnings()],
				notices: [...read.notices, ...baseNotices(base, description)],
			},
			tree,
			figures: await runInSlices(figures, signal),
		};
	};
	const resolve: RestOfStacking['resolve'] = async (contents, comparer) => {
		discardPaths(changesets);
		const reading = { locations, answers: address, comparer, cache, options };
		if (opening.isWatched && takesReading(WORTH_A_DRAFT_BYTES, contents.groups, contents.changesets))
			await showDraft(stages, await viewOf(await contents.draft()));
		return resolveMeanwhile(contents, { reading, workers, ahead });
	};
	const stacked = await stackCached(
		changesets,
		{ cache, answers: address },
		{ begun: begun(), begin, locations, resolve },
	);
	const { image, tree, figures } = await viewOf(stacked);
	const answers = ahead.answersAbout(stacked);
	// Where nothing had to be compared they are still there.
	workers.close();
	return new ImageSession({ read: { ...read, ...image }, tree, figures, answers, workers, cache });
}

/** Stacks layers as they come, and says how far reading is. */
function stackWhileReading(
	workers: LayerWorkers,
	{ choice, stages, signal, verify, digests, isWatched, onNote, sharing, limits = noLimits }: OpeningInput,
) {
	const begin = (entries: number) => new Stacking(entries, workers, options);
	let begun: Stacking | null = null;
	const options: ReadOptions = {
		...(verify !== undefined && { verify }),
		...(digests !== undefined && { digests }),
		budget: newEntryBudget(limits),
		signal,
		...(onNote !== undefined && { onNote }),
		...(sharing !== undefined && { sharing }),
		onProgress: (progress) => showProgress(stages, progress),
		...(isWatched && {
			onLowestLayer: async (lowest) => {
				const view = await viewOfLowest(choice.reference, lowest, signal);
				if (view !== null) await showLowest(stages, view);
			},
		}),
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

async function showLowest(stages: StageSequence, lowest: ImageView): Promise<void> {
	const { latest } = stages;
	if (latest.kind === 'reading') stages.set({ ...latest, lowest });
	await nextTurn();
}

async function showDraft(stages: StageSequence, draft: ImageView): Promise<void> {
	stages.set({ kind: 'draft', draft, progress: null });
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
