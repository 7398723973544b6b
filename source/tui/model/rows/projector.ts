import type { Comparison } from '../../../filetree/comparison.ts';
import type { FileTree } from '../../../filetree/file-tree.ts';
import { innerNodesOf } from '../../../filetree/inner-nodes.ts';
import { newSubtreeSums } from '../../../filetree/subtree-sums.ts';
import { type PointSums, sumUpPoint } from '../../../filetree/sum-up-point.ts';
import { finish, Prepared, type Steps } from '../../../steps.ts';
import type { Projection, ProjectionKey } from './projection.ts';
import { isSameKey, ProjectionSlot } from './projection-slot.ts';

/** A projection that is being computed ahead of time. */
interface Ahead {
	readonly key: ProjectionKey;
	readonly steps: Steps<Projection>;
}

export interface ProjectorOptions {
	/** Gives up its columns and must not be used afterwards. */
	readonly reuse?: Projector;
	/** A comparison of the tree that is made already, and is not written over. */
	readonly comparison?: Comparison;
}

/**
 * Computes the rows of the file tree. To its callers it is a pure function of the key. It caches two projections: the current one, and
 * either the one before or one computed ahead of time. A projection is valid until another one is asked for.
 */
export class Projector {
	readonly #tree: FileTree;
	#current: ProjectionSlot;
	#other: ProjectionSlot;
	/** The computation in progress in the other slot. */
	#ahead: Ahead | null = null;
	/** The sums of the whole stack, once they are known. Those of the upper layers are computed from them quickly. */
	#whole: PointSums | null = null;
	readonly #sumUpWhole: Prepared<PointSums>;

	constructor(tree: FileTree, { reuse, comparison }: ProjectorOptions = {}) {
		const before = reuse !== undefined && reuse.#tree.nodeCount === tree.nodeCount ? reuse : null;
		this.#tree = tree;
		this.#sumUpWhole = new Prepared(sumUpWhole(tree));
		this.#current = new ProjectionSlot(tree, {
			reuse: before === null ? undefined : before.#current,
			comparison,
		});
		this.#other = new ProjectionSlot(tree, { reuse: before === null ? undefined : before.#other });
	}

	project(key: ProjectionKey): Projection {
		const ready = this.#current.ready(key);
		if (ready !== null) return ready;
		const ahead = this.#ahead;
		this.#ahead = null;
		if (!this.#current.holds(key)) {
			[this.#current, this.#other] = [this.#other, this.#current];
			if (ahead !== null && isSameKey(ahead.key, key)) return finish(ahead.steps);
		}
		return finish(this.#current.project(key, this.#knownBeside(this.#current)));
	}

	/** Computes a projection ahead of time. Ends without a result if another one is asked for. */
	*prepare(key: ProjectionKey): Steps<void> {
		if (this.#current.holds(key) || this.#other.ready(key) !== null) return;
		const ahead = { key, steps: this.#other.project(key, this.#knownBeside(this.#other)) };
		this.#ahead = ahead;
		while (this.#ahead === ahead) {
			if (ahead.steps.next().done === true) this.#ahead = null;
			yield;
		}
	}

	/** Computes the sums of the whole stack ahead of time. A later call continues where an abandoned one stopped. */
	*prepareWhole(): Steps<void> {
		yield* this.#sumUpWhole.prepare();
		this.#whole = this.#sumUpWhole.get();
	}

	#knownBeside(slot: ProjectionSlot): readonly PointSums[] {
		const beside = slot === this.#current ? this.#other : this.#current;
		return [...beside.pointSums, ...(this.#whole === null ? [] : [this.#whole])];
	}
}

function* sumUpWhole(tree: FileTree): Steps<PointSums> {
	const point = tree.layerCount;
	const sums = newSubtreeSums(innerNodesOf(tree).count);
	// Starts from the empty image, as the slots may change between two steps.
	yield* sumUpPoint(tree, point, { near: [], into: sums });
	return { point, sums };
}
