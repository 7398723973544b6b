import { liveBytesByNode } from '../../analysis/packages/live-bytes.ts';
import type { Packages } from '../../analysis/packages/packages.ts';
import { isVisible } from '../../analysis/packages/path-facts.ts';
import type { FileTree } from '../../filetree/file-tree.ts';
import { matchedNodes, type NodeRange } from '../../filetree/matched-nodes.ts';
import { pathOf } from '../../filetree/paths.ts';
import { nameLayers } from '../../image/image.ts';
import { inParts, type Steps } from '../../steps.ts';
import type { MatchExample, PatternMatch } from '../rule.ts';
import { isPackagePattern, packageGlob, packageNames } from './package-pattern.ts';

/** An image in which patterns are looked for. */
export interface MatchedImage {
	readonly tree: FileTree;
	/** Null unless a pattern is about packages. */
	readonly packages: Packages | null;
	/** Makes globs into what tells whether one of them matches a path. */
	readonly matcherOf: (globs: readonly string[]) => (path: string) => boolean;
}

export interface PatternChoice {
	readonly patterns: readonly string[];
	/** Globs of paths that do not count. */
	readonly ignore: readonly string[];
	/** Which examples are kept. */
	readonly examples: 'first' | 'greatest';
}

const ITEMS_A_STEP = 8192;
const MOST_EXAMPLES = 5;

/** What each pattern matches in the final file system. */
export function* matchPatterns(
	image: MatchedImage,
	{ patterns, ignore, examples }: PatternChoice,
): Steps<ReadonlyMap<string, PatternMatch>> {
	const { tree, packages, matcherOf } = image;
	const bytes = packages?.bytes ?? (yield* liveBytesByNode(tree));
	const counted = yield* countedNodes(tree, ignore.length === 0 ? null : matcherOf(ignore));
	const matches = new Map<string, PatternMatch>();
	for (const pattern of patterns) {
		const kept = new Examples(examples);
		const found = isPackagePattern(pattern)
			? yield* matchPackages(packages, { glob: packageGlob(pattern), bytes, counted, kept, matcherOf })
			: yield* matchPaths(tree, matcherOf([pattern]), { bytes, counted, kept });
		matches.set(pattern, found);
	}
	return matches;
}

interface Counting {
	/** Of each node. */
	readonly bytes: Float64Array;
	/** 1 for each node that is visible and not ignored. */
	readonly counted: Uint8Array;
	readonly kept: Examples;
}

function* countedNodes(tree: FileTree, isIgnored: ((path: string) => boolean) | null): Steps<Uint8Array> {
	const counted = new Uint8Array(tree.nodeCount);
	yield* inParts(tree.nodeCount, ITEMS_A_STEP, (from, to) => {
		for (let node = Math.max(1, from); node < to; node++) counted[node] = Number(isVisible(tree, node));
	});
	const ignored = isIgnored === null ? [] : yield* matchedNodes(tree, isIgnored);
	yield* inParts(ignored.length, ITEMS_A_STEP, (from, to) => {
		for (let index = from; index < to; index++) counted.fill(0, ignored[index].from, ignored[index].to);
	});
	return counted;
}

function* matchPaths(
	tree: FileTree,
	matches: (path: string) => boolean,
	counting: Counting,
): Steps<PatternMatch> {
	const sum = { count: 0, bytes: 0 };
	for (const range of yield* matchedNodes(tree, matches)) {
		const own = yield* sumUp(range, counting);
		if (own.count === 0) continue;
		sum.count += own.count;
		sum.bytes += own.bytes;
		const shown = counting.kept.wantsParts ? partsOf(tree, range) : [range];
		for (const part of shown) {
			const { bytes } = part === range ? own : yield* sumUp(part, counting);
			counting.kept.offer(bytes, () => nameOfPart(tree, part));
		}
	}
	return { ...sum, examples: counting.kept.list };
}

/** What a folder holds, each with all below it; of anything else itself. */
function partsOf(tree: FileTree, { from, to }: NodeRange): readonly NodeRange[] {
	if (to === from + 1) return [{ from, to }];
	const parts: NodeRange[] = [];
	for (let node = from + 1; node < to; node = tree.subtreeEnds[node])
		parts.push({ from: node, to: tree.subtreeEnds[node] });
	return parts;
}

function nameOfPart(tree: FileTree, { from, to }: NodeRange): string {
	return `/${pathOf(tree, from)}${to > from + 1 ? '/' : ''}`;
}

function* sumUp(
	{ from, to }: NodeRange,
	{ bytes, counted }: Counting,
): Steps<{ count: number; bytes: number }> {
	const sum = { count: 0, bytes: 0 };
	yield* inParts(to - from, ITEMS_A_STEP, (start, end) => {
		for (let node = from + start; node < from + end; node++) {
			sum.count += counted[node];
			if (counted[node] === 1) sum.bytes += bytes[node];
		}
	});
	return sum;
}

function* matchPackages(
	packages: Packages | null,
	{
		glob,
		bytes,
		counted,
		kept,
		matcherOf,
	}: Counting & Pick<MatchedImage, 'matcherOf'> & { readonly glob: string },
): Steps<PatternMatch> {
	if (packages === null) throw new TypeError('Nobody asked for the packages.');
	const matches = matcherOf([glob]);
	const sums = new Map<number, number>();
	for (const [index, each] of packages.packages.entries()) {
		if (packageNames(each).some(matches)) sums.set(index, 0);
		if (index % 256 === 255) yield;
	}
	if (sums.size > 0)
		yield* inParts(bytes.length, ITEMS_A_STEP, (from, to) => {
			for (let node = from; node < to; node++) {
				const sum = counted[node] === 1 ? sums.get(packages.owners[node]) : undefined;
				if (sum !== undefined) sums.set(packages.owners[node], sum + bytes[node]);
			}
		});
	let total = 0;
	for (const [index, sum] of sums) {
		total += sum;
		const { type, name, version } = packages.packages[index];
		kept.offer(sum, () => `${type}/${name} ${version}`);
	}
	return {
		count: sums.size,
		bytes: total,
		examples: kept.list,
		...(packages.unreadLayers.length > 0 && { obstacle: unread(packages.unreadLayers) }),
	};
}

function unread(layers: readonly number[]): string {
	return `the contents of ${nameLayers(layers)} were not read, so that the packages there are not known`;
}

/** Keeps a few of what matches. */
class Examples {
	readonly #kind: PatternChoice['examples'];
	readonly #list: MatchExample[] = [];

	constructor(kind: PatternChoice['examples']) {
		this.#kind = kind;
	}

	/** Of a folder what is in it: that it is large says its budget already. */
	get wantsParts(): boolean {
		return this.#kind === 'greatest';
	}

	get list(): readonly MatchExample[] {
		return this.#list;
	}

	offer(bytes: number, name: () => string): void {
		const list = this.#list;
		const least = list.at(-1)?.bytes ?? 0;
		if (list.length === MOST_EXAMPLES && (this.#kind === 'first' || bytes <= least)) return;
		list.push({ name: name(), bytes });
		if (this.#kind === 'greatest')
			list.sort((left, right) => (right.bytes ?? 0) - (left.bytes ?? 0)).splice(MOST_EXAMPLES);
	}
}
