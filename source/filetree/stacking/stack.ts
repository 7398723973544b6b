import { FathomError } from '../../errors.ts';
import type { Running, Steps } from '../../steps.ts';
import type { Changeset } from '../../tar/changeset.ts';
import type { ContentClasses, ContentGroups } from '../../tar/content-groups.ts';
import { type EntryLimits, noLimits } from '../../tar/entry-budget.ts';
import {
	allDifferent,
	type DraftTree,
	discardDraft,
	draftTree,
	finishDraft,
	structureOf,
} from '../finishing/draft-tree.ts';
import type { StackedImage, TreeStructure } from '../stacked-image.ts';
import { BareChangesets } from './bare-changesets.ts';
import { LayerStacker } from './layer-stacker.ts';
import { WarningTally } from './warning-tally.ts';

const MOST_LAYERS = 0xffff;

/** Which contents have to be compared, and what is known before they are. */
export interface UnresolvedContents {
	readonly groups: ContentGroups;
	/** The layers' changesets, which have no paths any more. */
	readonly changesets: readonly Changeset[];
	/** The tree without its changes, which contents have nothing to do with. */
	readonly structure: () => Promise<TreeStructure>;
	/**
	 * Finishes the image as if all those contents differed: all is final but the kinds of such changes and the causes of waste, and
	 * node numbers stay. Its columns become those of the whole image.
	 */
	readonly draft: () => Promise<StackedImage>;
}

/** Tells which files have the same content. */
export type ResolveContents = (contents: UnresolvedContents) => Promise<ContentClasses>;

/**
 * Stacks the layers' changesets, lowest first, into one tree. Time and memory grow with the number of entries.
 * Throws `unsupported` beyond 65,535 layers, what `resolve` throws, and what `run` throws.
 */
export async function stackChangesets(
	changesets: readonly Changeset[],
	resolve: ResolveContents,
	{ run, signal }: Running,
): Promise<StackedImage> {
	const stack = new ImageStack(entriesIn(changesets));
	await run(addAll(stack, changesets), signal);
	return stack.finish(resolve, { run, signal });
}

function* addAll(stack: ImageStack, changesets: readonly Changeset[]): Steps<void> {
	for (const changeset of changesets) yield* stack.add(changeset);
}

/**
 * Gets pairs of files, which will come first among the groups to compare, in this order, as soon as the layers so far
 * leave open whether they are the same.
 */
export type OnPairs = (pairs: ContentGroups, changesets: readonly Changeset[]) => void;

/** Stacks layers as they come, lowest first. */
export class ImageStack {
	readonly #tally = new WarningTally();
	readonly #bare = new BareChangesets();
	readonly #stacker: LayerStacker;
	readonly #onPairs: OnPairs | undefined;

	/** `expectedEntries` decides how much memory is allocated first. */
	constructor(expectedEntries: number, onPairs?: OnPairs, limits: EntryLimits = noLimits) {
		this.#onPairs = onPairs;
		this.#stacker = new LayerStacker(
			expectedEntries,
			(code, layer, example) => this.#tally.add(code, layer, example),
			limits,
		);
	}

	/** The layers so far, as `add` got them, but without their paths. */
	get changesets(): readonly Changeset[] {
		return this.#stacker.entries.changesets;
	}

	/**
	 * Adds the next layer. Where it is known beforehand which entry has the content of each hard link, `links` has an item an entry: for a
	 * link the number of that entry among the entries of all layers, NO_ENTRY for nothing, or LINK_BY_TARGET. Throws `unsupported` beyond 65,535
	 * layers, and `too-large` beyond the limits.
	 */
	*add(changeset: Changeset, links: Int32Array | null = null): Steps<void> {
		requireRoomForLayer(this.changesets.length);
		yield* this.#stacker.apply(this.#bare.of(changeset), changeset.paths, links);
		const pairs = this.#onPairs && this.#stacker.candidates.newPairs();
		if (pairs) this.#onPairs?.(pairs, this.changesets);
	}

	/** Makes the tree of all layers; no more can be added. Throws what `resolve` and `run` throw. */
	async finish(resolve: ResolveContents, { run, signal }: Running): Promise<StackedImage> {
		const stacker = this.#stacker;
		// The peak of memory is from here on, so each part goes as soon as it has served.
		stacker.discardState();
		const candidates = await run(stacker.candidates.finish(stacker.changes), signal);
		let drafting: Promise<DraftTree> | null = null;
		const draft = () => (drafting ??= run(draftTree(stacker, candidates, this.#tally.warnings()), signal));
		const resolving = resolve({
			groups: candidates.groups,
			changesets: this.changesets,
			structure: async () => structureOf(await draft()),
			draft: async () => run(finishDraft(await draft(), allDifferent(candidates)), signal),
		});
		// Nodes are numbered while other threads compare contents.
		const [classes, numbered] = await Promise.all([resolving, draft()]);
		const stacked = await run(finishDraft(numbered, classes), signal);
		discardDraft(numbered, classes);
		return stacked;
	}
}

/** Throws `unsupported` where an image has as many layers as can be. */
export function requireRoomForLayer(layerCount: number): void {
	if (layerCount < MOST_LAYERS) return;
	throw new FathomError({
		code: 'unsupported',
		message: `The image has more than ${MOST_LAYERS} layers, the most that fathom reads.`,
		hint: 'This limit is fixed, as no real image comes near it: check where the image comes from.',
	});
}

export function entriesIn(changesets: readonly Changeset[]): number {
	return changesets.reduce((sum, { count }) => sum + count, 0);
}
