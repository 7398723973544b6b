import type { FileTree } from '../../../filetree/file-tree.ts';
import { createRowScratch, type RowScratch } from './count-rows.ts';
import type { Projection, ProjectionKey } from './projection.ts';
import { ProjectionSlot } from './projection-slot.ts';

/**
 * Works out the rows of the file tree. To its callers it is a pure function of the key; it keeps the projection in use and one other:
 * the one before, or one that was worked out ahead of time. A projection is good until another one is asked for.
 */
export class Projector {
	readonly #scratch: RowScratch;
	#current: ProjectionSlot;
	#other: ProjectionSlot;

	/** `reuse` gives up its columns and must not be used afterwards. */
	constructor(tree: FileTree, reuse?: Projector) {
		const before = reuse !== undefined && reuse.#scratch.visited.length === tree.nodeCount ? reuse : null;
		this.#scratch = before === null ? createRowScratch(tree.nodeCount) : before.#scratch;
		this.#current = new ProjectionSlot(tree, this.#scratch, before === null ? null : before.#current);
		this.#other = new ProjectionSlot(tree, this.#scratch, before === null ? null : before.#other);
	}

	project(key: ProjectionKey): Projection {
		if (!this.#current.holds(key)) [this.#current, this.#other] = [this.#other, this.#current];
		return this.#current.project(key);
	}

	/** Works out ahead of time what is likely to be asked for next. */
	prepare(key: ProjectionKey): void {
		if (!this.#current.holds(key)) this.#other.project(key);
	}
}
