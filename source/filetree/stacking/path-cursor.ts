import { withRoom } from '../../columns/grow.ts';
import type { StringColumn } from '../../tar/changeset.ts';
import { type NodeTable, ROOT } from './node-table.ts';
import type { PathLimit } from './path-limit.ts';

const SLASH = 0x2f;

/** Paths, and their bytes, that are looked up in about a millisecond. */
const PATHS_A_STEP = 4096;
const BYTES_A_STEP = 1024 * 1024;

/**
 * Finds or makes the nodes of the paths of one column. Neighbours in a tar share most of their path, so only what differs from the path
 * before is looked up.
 */
export class PathCursor {
	readonly #table: NodeTable;
	readonly #paths: StringColumn;
	readonly #limit: PathLimit;
	/** The component that is looked up: one object for all of them. */
	readonly #name: { readonly bytes: Uint8Array; start: number; end: number };
	/** How many components the path before has, where each ends, from the path's start, and its node. */
	#depth = 0;
	#ends = new Uint32Array(64);
	#nodes = new Int32Array(64);
	#lastStart = 0;
	#lastEnd = 0;

	constructor(table: NodeTable, paths: StringColumn, limit: PathLimit) {
		this.#table = table;
		this.#limit = limit;
		this.#paths = paths;
		this.#name = { bytes: paths.bytes, start: 0, end: 0 };
	}

	/** The node of path `index`; it and its parents are made where they are not known. Throws `too-large`. */
	intern(index: number): number {
		const { bytes, ends } = this.#paths;
		const start = index === 0 ? 0 : ends[index - 1];
		const end = ends[index];
		let depth = this.#sharedDepth(start, end);
		let node = depth === 0 ? ROOT : this.#nodes[depth - 1];
		const name = this.#name;
		const known = this.#table.count;
		for (
			let from = depth === 0 ? start : start + this.#ends[depth - 1] + 1;
			from < end;
			from = name.end + 1
		) {
			let to = from;
			while (to < end && bytes[to] !== SLASH) to += 1;
			name.start = from;
			name.end = to;
			node = this.#table.intern(node, name);
			if (depth === this.#ends.length) this.#makeRoom();
			this.#nodes[depth] = node;
			this.#ends[depth] = to - start;
			depth += 1;
		}
		const made = this.#table.count - known;
		if (made > 1) this.#limit.addFolders(this.#ends.subarray(depth - made, depth - 1));
		this.#depth = depth;
		this.#lastStart = start;
		this.#lastEnd = end;
		return node;
	}

	/** How many leading components are those of the path before. */
	#sharedDepth(start: number, end: number): number {
		const { bytes } = this.#paths;
		const lastStart = this.#lastStart;
		const limit = Math.min(end - start, this.#lastEnd - lastStart);
		let same = 0;
		while (same < limit && bytes[start + same] === bytes[lastStart + same]) same += 1;
		let depth = this.#depth;
		while (depth > 0) {
			const componentEnd = this.#ends[depth - 1];
			const isWhole = start + componentEnd === end || bytes[start + componentEnd] === SLASH;
			if (componentEnd <= same && isWhole) break;
			depth -= 1;
		}
		return depth;
	}

	#makeRoom(): void {
		this.#ends = withRoom(this.#ends, this.#ends.length + 1);
		this.#nodes = withRoom(this.#nodes, this.#nodes.length + 1);
	}
}

/** The path after the last one of a step that begins with path `first`: a step has fewer where they are long. */
export function endOfStep({ ends }: StringColumn, first: number): number {
	const start = first === 0 ? 0 : ends[first - 1];
	let end = Math.min(ends.length, first + PATHS_A_STEP);
	while (end > first + 1 && ends[end - 1] - start > BYTES_A_STEP) end = first + ((end - first) >> 1);
	return end;
}
