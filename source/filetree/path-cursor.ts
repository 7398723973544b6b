import { type NodeTable, ROOT, type Span } from './node-table.ts';

const SLASH = 0x2f;

/**
 * Finds or makes the nodes of paths that come one after the other from one byte column. Neighbours in a tar share most of their
 * path, so only what differs from the path before is looked up.
 */
export class PathCursor {
	readonly #table: NodeTable;
	readonly #bytes: Uint8Array;
	/** Ends of the components of the path before, from its start. */
	#ends: number[] = [];
	#nodes: number[] = [];
	#lastStart = 0;
	#lastEnd = 0;

	constructor(table: NodeTable, bytes: Uint8Array) {
		this.#table = table;
		this.#bytes = bytes;
	}

	/** The node of the path at `span`; it and its parents are made where they are not known. */
	intern({ start, end }: Span): number {
		const depth = this.#sharedDepth(start, end);
		this.#ends.length = depth;
		this.#nodes.length = depth;
		let node = depth === 0 ? ROOT : this.#nodes[depth - 1];
		let from = depth === 0 ? start : start + this.#ends[depth - 1] + 1;
		while (from < end) {
			let to = from;
			while (to < end && this.#bytes[to] !== SLASH) to += 1;
			node = this.#table.intern(node, this.#bytes, { start: from, end: to });
			this.#nodes.push(node);
			this.#ends.push(to - start);
			from = to + 1;
		}
		this.#lastStart = start;
		this.#lastEnd = end;
		return node;
	}

	/** How many leading components are those of the path before. */
	#sharedDepth(start: number, end: number): number {
		const bytes = this.#bytes;
		const limit = Math.min(end - start, this.#lastEnd - this.#lastStart);
		let same = 0;
		while (same < limit && bytes[start + same] === bytes[this.#lastStart + same]) same += 1;
		let depth = this.#ends.length;
		while (depth > 0 && !this.#isShared(this.#ends[depth - 1], same, { start, end })) depth -= 1;
		return depth;
	}

	#isShared(componentEnd: number, same: number, { start, end }: Span): boolean {
		return (
			componentEnd <= same && (start + componentEnd === end || this.#bytes[start + componentEnd] === SLASH)
		);
	}
}
