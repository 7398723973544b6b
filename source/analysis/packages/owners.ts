import { discard } from '../../columns/grow.ts';
import type { PackageType } from '../../facts/packages/package-facts.ts';
import type { FileTree } from '../../filetree/file-tree.ts';
import { type Steps, sortInSteps } from '../../steps.ts';
import type { Claimed } from './claimed-nodes.ts';
import type { FoundPackage } from './found-packages.ts';

export const NOBODY = -1;

/** Who owns what, by position in the list of packages. */
export interface Owners {
	/** The owner of each node; `NOBODY` for those that no package claims, and for directories. */
	readonly owners: Int32Array;
	/** Claims that lost: a package, and a node that another one owns. */
	readonly also: readonly { readonly package: number; readonly node: number }[];
}

const ofDistribution: ReadonlySet<PackageType> = new Set(['deb', 'apk', 'rpm']);
const NODES_A_STEP = 8192;

/**
 * The owner of each node: the distribution's package, else the language package that claims it with the deepest folder or by itself, ties by
 * name.
 */
export function* ownersOf(
	tree: FileTree,
	packages: readonly FoundPackage[],
	claimed: readonly Claimed[],
): Steps<Owners> {
	const ranks = yield* nameRanks(packages);
	const best = new BestClaims(tree.nodeCount, ranks);
	const folders = new Map<number, OwnClaim>();
	const depths = yield* depthsOf(tree);
	for (const { package: owner, nodes, folders: ownFolders } of claimed) {
		const { record, node } = packages[owner];
		const isOfDistribution = ofDistribution.has(record.type);
		// A list is as deep as the folder that its database is in; a file that is a package by itself is deeper than any folder.
		const isDeepest = isOfDistribution || record.claim.kind === 'file';
		const own = { owner, depth: isDeepest ? DEEPEST : depths[tree.parents[node]] - 1, isOfDistribution };
		for (const each of nodes) best.add(each, own);
		for (const folder of ownFolders) {
			const claim = { owner, depth: depths[folder], isOfDistribution };
			const before = folders.get(folder);
			if (before === undefined || compareClaims(claim, before, ranks) < 0) folders.set(folder, claim);
		}
		yield;
	}
	discard(depths);
	yield* spread(tree, best, folders);
	return best.finish();
}

/** A package's claim on something. */
interface OwnClaim {
	readonly owner: number;
	readonly depth: number;
	readonly isOfDistribution: boolean;
}

/** Deeper than any folder. */
const DEEPEST = 2 ** 31 - 1;

/** Negative where a claim is better than another one. */
function compareClaims(claim: OwnClaim, other: OwnClaim, ranks: Uint32Array): number {
	if (claim.isOfDistribution !== other.isOfDistribution) return claim.isOfDistribution ? -1 : 1;
	return other.depth - claim.depth || ranks[claim.owner] - ranks[other.owner];
}

/** Gives what folders hold to whom they belong, where that is deeper than other claims. */
function* spread(tree: FileTree, best: BestClaims, folders: ReadonlyMap<number, OwnClaim>): Steps<void> {
	if (folders.size === 0) return;
	const { nodeCount, subtreeEnds } = tree;
	const open: { readonly end: number; readonly claim: OwnClaim }[] = [];
	for (let node = 0; node < nodeCount; node++) {
		if (node % NODES_A_STEP === NODES_A_STEP - 1) yield;
		while ((open.at(-1)?.end ?? Infinity) <= node) open.pop();
		const own = folders.get(node);
		if (own !== undefined) open.push({ end: subtreeEnds[node], claim: own });
		const nearest = open.at(-1);
		if (nearest !== undefined && subtreeEnds[node] === node + 1) best.add(node, nearest.claim);
	}
}

/** The best claim on each node. */
class BestClaims {
	readonly #owners: Int32Array;
	readonly #also: { readonly package: number; readonly node: number }[] = [];
	readonly #depths: Int32Array;
	readonly #isOfDistribution: Uint8Array;
	readonly #ranks: Uint32Array;

	constructor(nodeCount: number, ranks: Uint32Array) {
		this.#owners = new Int32Array(nodeCount).fill(NOBODY);
		this.#depths = new Int32Array(nodeCount);
		this.#isOfDistribution = new Uint8Array(nodeCount);
		this.#ranks = ranks;
	}

	add(node: number, claim: OwnClaim): void {
		const before = this.#owners[node];
		if (before === claim.owner) return;
		const wins = before === NOBODY || compareClaims(claim, this.#claimOn(node), this.#ranks) < 0;
		if (before !== NOBODY) this.#also.push({ package: wins ? before : claim.owner, node });
		if (!wins) return;
		this.#owners[node] = claim.owner;
		this.#depths[node] = claim.depth;
		this.#isOfDistribution[node] = Number(claim.isOfDistribution);
	}

	/** To be called once. */
	finish(): Owners {
		discard(this.#depths);
		discard(this.#isOfDistribution);
		return { owners: this.#owners, also: this.#also };
	}

	#claimOn(node: number): OwnClaim {
		const isOfDistribution = this.#isOfDistribution[node] === 1;
		return { owner: this.#owners[node], depth: this.#depths[node], isOfDistribution };
	}
}

/** The place of each package in the order of names, then of versions. */
function* nameRanks(packages: readonly FoundPackage[]): Steps<Uint32Array> {
	const order = yield* sortInSteps([...packages.keys()], (left, right) => {
		const [one, other] = [packages[left].record, packages[right].record];
		return compareText(one.name, other.name) || compareText(one.version, other.version) || left - right;
	});
	const ranks = new Uint32Array(packages.length);
	for (const [rank, index] of order.entries()) ranks[index] = rank;
	return ranks;
}

function compareText(left: string, right: string): number {
	return left < right ? -1 : Number(left > right);
}

function* depthsOf({ nodeCount, parents }: FileTree): Steps<Int32Array> {
	const depths = new Int32Array(nodeCount);
	for (let node = 1; node < nodeCount; node++) {
		depths[node] = depths[parents[node]] + 1;
		if (node % NODES_A_STEP === 0) yield;
	}
	return depths;
}
