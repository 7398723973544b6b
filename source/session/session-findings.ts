import { createHash } from 'node:crypto';
import type { Executables } from '../analysis/executables/find-executables.ts';
import type { Figures } from '../analysis/figures.ts';
import { explanationOf } from '../analysis/findings/explanations/explanations.ts';
import type { Findings } from '../analysis/findings/find-findings.ts';
import type { FindingInput, FindingMark } from '../analysis/findings/finding.ts';
import type { AcceptedFindings, FindingsChoice, ImageFindings } from '../analysis/findings/image-findings.ts';
import type { Packages } from '../analysis/packages/packages.ts';
import type { CacheAddress } from '../cache/cache-address.ts';
import { copied } from '../cache/kinds/answers.ts';
import type { LayerCache } from '../cache/layer-cache.ts';
import { FathomError } from '../errors.ts';
import type { FileTree } from '../filetree/file-tree.ts';
import type { BuildArgument, ImageDescription } from '../image/image.ts';
import { runInSlices } from '../sources/time-slice.ts';
import type { SourceLine } from '../text/dockerfile/source-line.ts';
import type { FactsAsking } from './session-facts.ts';

export interface SessionFindingsInput {
	readonly tree: FileTree;
	readonly figures: Figures;
	/** Without the values that look secret. */
	readonly description: ImageDescription;
	/** With them. */
	readonly recorded: ImageDescription;
	/** The line of each layer's instruction in its author's file, lowest first, without values that look secret; null for a layer where it is not known. */
	readonly instructions: readonly (SourceLine | null)[];
	/** Of the provenance and of the user's Dockerfile. */
	readonly buildArguments: readonly BuildArgument[];
	readonly cache: LayerCache;
	readonly address: CacheAddress | null;
	/** Reads contents for it. */
	readonly packages: (asking: FactsAsking) => Promise<Packages>;
	/** The same. */
	readonly executables: (asking: FactsAsking) => Promise<Executables>;
}

/** Is raised whenever a rule would find something else, so that the cache does not give old findings. */
const VERSION = 8;

/** What is found, and of which layers the contents were not read. */
interface Found extends Findings {
	readonly unreadLayers: readonly number[];
}

/** What is to be done about an image. Each choice is worked out once. */
export class SessionFindings {
	readonly #input: SessionFindingsInput;
	readonly #known = new Map<string, Promise<Found>>();

	constructor(input: SessionFindingsInput) {
		this.#input = input;
	}

	/**
	 * Findings that need no contents are there also where contents cannot be read. Throws `interrupted` once the signal is aborted.
	 */
	async ask(choice: FindingsChoice, asking: FactsAsking = {}): Promise<ImageFindings> {
		const { withContents, accepted = [] } = choice;
		const found = await this.#once(choice, asking);
		const { findings, savedBytes, unreadLayers } = found;
		const isUsed = (index: number) => findings.some(({ marks }) => marks.includes(index));
		return {
			findings: findings.map(({ marks, ...finding }) => {
				const reasons = marks.flatMap((index) => accepted[index]?.reason ?? []);
				return {
					...finding,
					acceptedBecause: reasons[0] ?? null,
					ignoredBy: marks
						.filter((index) => index >= accepted.length)
						.map((index) => index - accepted.length),
				};
			}),
			savedBytes,
			withContents,
			unreadLayers,
			unused: accepted.filter((each, index) => wasLookedFor(each, found, choice) && !isUsed(index)),
		};
	}

	#once(choice: FindingsChoice, asking: FactsAsking): Promise<Found> {
		const { figures, recorded, instructions, buildArguments } = this.#input;
		const { withContents, accepted = [], ignored = [] } = choice;
		const picked = accepted.map(({ code, paths }) => [code, paths]);
		const key = JSON.stringify([
			...[withContents, picked, ignored, figures.base],
			...[recorded, instructions, buildArguments],
		]);
		const known = this.#known.get(key);
		if (known !== undefined) return known;
		const working = this.#cached(createHash('sha256').update(key).digest('hex'), choice, asking);
		this.#known.set(key, working);
		working.catch(() => this.#known.delete(key));
		return working;
	}

	/** Without contents it takes hardly more than to look it up. */
	#cached(name: string, choice: FindingsChoice, asking: FactsAsking): Promise<Found> {
		const { cache, address, tree } = this.#input;
		if (address === null || !choice.withContents) return this.#find(choice, asking);
		return cache.through(
			{
				kind: copied<Found>((found) => fits(found, tree)),
				keys: [`details ${VERSION} findings ${name}\n${address.key}`],
				cost: Infinity,
				isCurrent: address.isCurrent,
			},
			() => this.#find(choice, asking),
		);
	}

	async #find(choice: FindingsChoice, asking: FactsAsking): Promise<Found> {
		const { tree, description, recorded, figures, instructions, buildArguments } = this.#input;
		const { packages, executables } = this.#input;
		const read = {
			packages: choice.withContents ? await unlessUnreadable(packages(asking)) : null,
			executables: choice.withContents ? await unlessUnreadable(executables(asking)) : null,
		};
		const { findFindings } = await import('../analysis/findings/find-findings.ts');
		const described = { description, recorded, instructions, buildArguments };
		const input = { tree, ...described, base: figures.base, ...read };
		const found = await runInSlices(findFindings(input, await marksOf(choice)), asking.signal);
		return { ...found, unreadLayers: choice.withContents ? unreadLayers(read, description) : [] };
	}
}

function unreadLayers(
	{ packages, executables }: Pick<FindingInput, 'packages' | 'executables'>,
	{ layers }: ImageDescription,
): readonly number[] {
	if (packages === null || executables === null) return layers.map(({ index }) => index);
	return [...new Set([...packages.unreadLayers, ...executables.unreadLayers])].sort(
		(left, right) => left - right,
	);
}

async function unlessUnreadable<Value>(reading: Promise<Value>): Promise<Value | null> {
	try {
		return await reading;
	} catch (error) {
		if (!(error instanceof FathomError) || error.code === 'interrupted') throw error;
		return null;
	}
}

async function marksOf({ accepted = [], ignored = [] }: FindingsChoice): Promise<readonly FindingMark[]> {
	if (accepted.length === 0 && ignored.every((globs) => globs.length === 0)) return [];
	const { globMatcher } = await import('../text/glob/path-globs.ts');
	return [
		...accepted.map(({ code, paths }) => ({
			code,
			matches: paths === null ? null : globMatcher(paths),
			isAccepted: true,
		})),
		...ignored.map((globs) => ({ code: null, matches: globMatcher(globs), isAccepted: false })),
	];
}

/** Of what is found only in contents nothing is said where they were not read. */
function wasLookedFor(
	{ code }: AcceptedFindings,
	{ unreadLayers }: Pick<Found, 'unreadLayers'>,
	{ withContents }: FindingsChoice,
): boolean {
	return explanationOf(code)?.needsContents !== true || (withContents && unreadLayers.length === 0);
}

function fits(found: object, { nodeCount }: FileTree): boolean {
	if (!('findings' in found && Array.isArray(found.findings) && 'unreadLayers' in found)) return false;
	return (found as Found).findings.every(
		({ places, marks }) => Array.isArray(marks) && places.every(({ node }) => node < nodeCount),
	);
}
