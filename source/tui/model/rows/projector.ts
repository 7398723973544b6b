import type { FileTree } from '../../../filetree/file-tree.ts';
import { innerNodesOf } from '../../../filetree/inner-nodes.ts';
import { newSubtreeSums } from '../../../filetree/subtree-sums.ts';
import { type PointSums, sumUpPoint } from '../../../filetree/sum-up-point.ts';
import { finish, Prepared, type Steps } from '../../../steps.ts';
import type { Projection, ProjectionKey } from './projection.ts';
import { isSameKey, ProjectionSlot } from './projection-slot.ts';

/** A projection that is being worked out ahead of time. */
interface Ahead {
	readonly key: ProjectionKey;
	readonly steps: Steps<Projection>;
}

/**
 * Works out the rows of the file tree. To its callers it is a pure function of the key; it keeps the projection in use and one other:
 * the one before, or one that was worked out ahead of time. A projection is good until another one is asked for.
 */
export class Projector {
	readonly #tree: FileTree;
	#current: ProjectionSlot;
	#other: ProjectionSlot;
	/** What is under way in the other slot. */
	#ahead: Ahead | null = null;
	/** What the whole stack adds up to, once that is known: from there it is not far to the layers at the upper end. */
	#whole: PointSums | null = null;
	readonly #sumUpWhole: Prepared<PointSums>;

	/** `reuse` gives up its columns and must not be used afterwards. */
	constructor(tree: FileTree, reuse?: Projector) {
		const before = reuse !== undefined && reuse.#tree.nodeCount === tree.nodeCount ? reuse : null;
		this.#tree = tree;
		this.#sumUpWhole = new Prepared(sumUpWhole(tree));
		this.#current = new ProjectionSlot(tree, before === null ? null : before.#current);
		this.#other = new ProjectionSlot(tree, before === null ? null : before.#other);
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

	/** Works out ahead of time what is likely to be asked for next. Ends without a result when something else is asked for. */
	*prepare(key: ProjectionKey): Steps<void> {
		if (this.#current.holds(key) || this.#other.ready(key) !== null) return;
		const ahead = { key, steps: this.#other.project(key, this.#knownBeside(this.#other)) };
		this.#ahead = ahead;
		while (this.#ahead === ahead) {
			if (ahead.steps.next().done === true) this.#ahead = null;
			yield;
		}
	}

	/** Works out ahead of time what makes it a short way to the layers at the upper end. It goes on where it was left. */
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
	// From the empty image: what the slots know may change between two steps.
	yield* sumUpPoint(tree, point, { near: [], into: sums });
	return { point, sums };
}
