import type { FileTree } from '../../../filetree/file-tree.ts';
import { createRowScratch } from './count-rows.ts';
import type { Projection, ProjectionKey } from './projection.ts';
import { ProjectionSlot } from './projection-slot.ts';

/**
 * Works out the rows of the file tree. To its callers it is a pure function of the key; it keeps the projection in use and one other:
 * the one before, or one that was worked out ahead of time. A projection is good until another one is asked for.
 */
export class Projector {
	#current: ProjectionSlot;
	#other: ProjectionSlot;

	constructor(tree: FileTree) {
		const scratch = createRowScratch(tree.nodeCount);
		this.#current = new ProjectionSlot(tree, scratch);
		this.#other = new ProjectionSlot(tree, scratch);
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
