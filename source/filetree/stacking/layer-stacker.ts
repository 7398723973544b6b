import { discard, withRoom } from '../../columns/grow.ts';
import type { Steps } from '../../steps.ts';
import {
	type Changeset,
	DIRECTORY,
	HARD_LINK,
	OPAQUE_WHITEOUT,
	type StringColumn,
	WHITEOUT,
} from '../../tar/changeset.ts';
import type { EntryLimits } from '../../tar/entry-budget.ts';
import { decodeName } from '../../text/decode-name.ts';
import type { WarningCode } from '../../warning.ts';
import { IMPLIED_DIRECTORY, NO_ENTRY } from '../file-tree.ts';
import { ChangedNodes } from './changed-nodes.ts';
import { CandidateFinder } from './contents-to-compare.ts';
import { HardLinks } from './hard-links.ts';
import { ImageEntries } from './image-entries.ts';
import { LiveNodes } from './live-nodes.ts';
import { NO_NODE, NodeTable, ROOT } from './node-table.ts';
import { endOfStep, PathCursor } from './path-cursor.ts';
import { PathLimit } from './path-limit.ts';
import { RawChanges, RawDeaths } from './raw-changes.ts';
import type { StackState } from './stack-state.ts';

/** How many nodes ahead room is made for. */
const ROOM_AHEAD = 4096;

/** Nodes that are removed in about a millisecond. */
const NODES_A_STEP = 4096;

/**
 * Applies layers one by one and tracks what every path is at the moment. Markers act on lower layers only, so they come first,
 * wherever they are in the tar (OCI image specification, layer.md, "Whiteouts"); then entries apply in tar order, hard links among them.
 */
export class LayerStacker implements StackState {
	readonly nodes: NodeTable;
	readonly changes = new RawChanges();
	readonly deaths = new RawDeaths();
	readonly entries = new ImageEntries();
	readonly candidates: CandidateFinder;
	entryNodes: Int32Array;
	current: Int32Array;
	carriers: Int32Array;
	/** How many nodes there is room for. */
	#reserved = 0;
	readonly #live: LiveNodes;
	readonly #changed: ChangedNodes;
	readonly #links: HardLinks;
	/** Nodes that an entry of the present layer made directories, and a lower layer something else; with nothing below, and not taken away since. */
	readonly #replaced = new Set<number>();
	readonly #onWarning: (code: WarningCode, layer: number, example: string) => void;
	readonly #pathLimit: PathLimit;
	#layer = 0;
	#firstEntry = 0;

	/** Allocates memory for about `expectedEntries`: unused memory costs nothing, while a column that grows exists twice for a moment. */
	constructor(
		expectedEntries: number,
		onWarning: (code: WarningCode, layer: number, example: string) => void,
		limits: EntryLimits,
	) {
		// Most entries are paths that are new, and most folders have entries.
		const expected = expectedEntries + ROOM_AHEAD + 1;
		this.nodes = new NodeTable(expected);
		this.entryNodes = new Int32Array(expected);
		this.current = new Int32Array(expected);
		this.carriers = new Int32Array(expected);
		this.candidates = new CandidateFinder(this.entries, expected);
		this.#live = new LiveNodes(expected);
		this.#changed = new ChangedNodes(this, expected);
		this.#links = new HardLinks(this, (code, node) => onWarning(code, this.#layer, this.pathOf(node)));
		this.#onWarning = onWarning;
		this.#pathLimit = new PathLimit(limits);
		this.#reserve(this.nodes.count);
		this.current[ROOT] = IMPLIED_DIRECTORY;
	}

	/** Applies the next layer, whose paths are `paths`; what `changeset` has of them is not looked at. `links`: see `ImageStack.add`. */
	*apply(changeset: Changeset, paths: StringColumn, links: Int32Array | null): Steps<void> {
		this.#layer = this.entries.changesets.length;
		this.#firstEntry = this.entries.count;
		this.#links.beginLayer(this.#firstEntry, links);
		this.entries.add(changeset);
		this.#pathLimit.addEntries(paths);
		this.entryNodes = withRoom(this.entryNodes, this.entries.count);
		this.#changed.reserveEntries(this.#firstEntry, this.entries.count);
		yield* this.#applyMarkers(changeset, paths);
		yield* this.#applyEntries(changeset, paths);
		yield* this.#links.finishLayer();
		yield* this.#changed.finishLayer(this.#layer);
		this.#replaced.clear();
	}

	/** Gives back what only stacking needs: all but `nodes`, `changes`, `deaths`, `candidates` and `entryNodes`. No layer can be applied afterwards. */
	discardState(): void {
		this.nodes.discardLookup();
		for (const part of [this.#live, this.#changed]) part.discard();
		for (const column of [this.current, this.carriers]) discard(column);
	}

	isVisible(node: number): boolean {
		return this.current[node] !== NO_ENTRY;
	}

	pathOf(node: number): string {
		const names: string[] = [];
		for (let at = node; at !== ROOT; at = this.nodes.parents[at]) {
			names.push(
				decodeName(this.nodes.nameBytes.subarray(this.nodes.nameStarts[at], this.nodes.nameEnd(at))),
			);
		}
		return names.reverse().join('/');
	}

	*#applyMarkers({ count, kinds }: Changeset, paths: StringColumn): Steps<void> {
		if (!kinds.includes(WHITEOUT) && !kinds.includes(OPAQUE_WHITEOUT)) return;
		const cursor = new PathCursor(this.nodes, paths, this.#pathLimit);
		let stepEnd = endOfStep(paths, 0);
		for (let index = 0; index < count; index++) {
			if (index === stepEnd) {
				stepEnd = endOfStep(paths, index);
				yield;
			}
			const kind = kinds[index];
			if (kind < WHITEOUT) continue;
			const node = this.#intern(cursor, index);
			if (!this.isVisible(node)) continue;
			if (this.#live.firstChild(node) !== NO_NODE) yield* this.#removeChildren(node);
			if (kind === WHITEOUT) this.#takeAway(node);
		}
	}

	*#applyEntries(changeset: Changeset, paths: StringColumn): Steps<void> {
		const cursor = new PathCursor(this.nodes, paths, this.#pathLimit);
		let index = 0;
		while (index < changeset.count) {
			index = this.#applySome(changeset, cursor, [index, endOfStep(paths, index)]);
			yield;
			if (index === changeset.count) return;
			// This is the node of the next entry, which can apply where nothing is below it.
			const node = this.#intern(cursor, index);
			const isInTheWay = changeset.kinds[index] < WHITEOUT && changeset.kinds[index] !== DIRECTORY;
			if (isInTheWay) yield* this.#removeChildren(node);
		}
	}

	/** Applies entries from `first` on, up to one that takes the place of a directory that has to be emptied first. Gives the next one. */
	#applySome({ kinds }: Changeset, cursor: PathCursor, [first, end]: readonly [number, number]): number {
		for (let index = first; index < end; index++) {
			const kind = kinds[index];
			if (kind >= WHITEOUT) continue;
			const node = this.#intern(cursor, index);
			if (kind !== DIRECTORY && this.#live.firstChild(node) !== NO_NODE) return index;
			this.#setEntry(node, this.#firstEntry + index, kind);
		}
		return end;
	}

	/** The node of an entry of the present layer. */
	#intern(cursor: PathCursor, index: number): number {
		const node = cursor.intern(index);
		if (this.nodes.count > this.#reserved) this.#reserve(this.nodes.count);
		this.entryNodes[this.#firstEntry + index] = node;
		return node;
	}

	#setEntry(node: number, entry: number, kind: number): void {
		this.#ensureDirectory(this.nodes.parents[node]);
		if (kind !== DIRECTORY) this.#replaced.delete(node);
		else if (this.#isOther(node)) this.#replaced.add(node);
		this.#set(node, entry, kind === HARD_LINK ? this.#links.meet(node, entry) : entry);
	}

	/** Whether a lower layer made a node something else than a directory. */
	#isOther(node: number): boolean {
		const entry = this.current[node];
		return entry !== NO_ENTRY && entry < this.#firstEntry && this.entries.kindOf(entry) !== DIRECTORY;
	}

	/** Makes a node and its parents directories. Where a lower layer made one of them something else, that is worth a warning. */
	#ensureDirectory(node: number): void {
		const isThere = this.isVisible(node) && this.entries.kindOf(this.current[node]) === DIRECTORY;
		if (isThere && this.#replaced.size === 0) return;
		let at = node;
		const missing: number[] = [];
		for (; !this.isVisible(at); at = this.nodes.parents[at]) missing.push(at);
		if (this.#replaced.delete(at)) this.#warnOfReplaced(at);
		if (this.entries.kindOf(this.current[at]) !== DIRECTORY) {
			if (this.#isOther(at)) this.#warnOfReplaced(at);
			this.#set(at, IMPLIED_DIRECTORY, IMPLIED_DIRECTORY);
		}
		for (const child of missing.reverse()) this.#set(child, IMPLIED_DIRECTORY, IMPLIED_DIRECTORY);
	}

	#warnOfReplaced(node: number): void {
		this.#onWarning('parent-replaced', this.#layer, this.pathOf(node));
	}

	#set(node: number, entry: number, carrier: number): void {
		if (this.isVisible(node)) this.#supersede(node);
		else this.#live.link(this.nodes.parents[node], node);
		this.#changed.add(node);
		this.current[node] = entry;
		this.carriers[node] = carrier;
	}

	/** Removes all that is below a node, deepest first, without recursion: a hostile path may have ten thousand components. */
	*#removeChildren(node: number): Steps<void> {
		let at = node;
		for (let step = 1; ; step++) {
			if (step % NODES_A_STEP === 0) yield;
			const child = this.#live.firstChild(at);
			if (child !== NO_NODE) {
				at = child;
				continue;
			}
			if (at === node) return;
			const parent = this.nodes.parents[at];
			this.#takeAway(at);
			at = parent;
		}
	}

	#takeAway(node: number): void {
		this.#supersede(node);
		this.#changed.add(node);
		this.#replaced.delete(node);
		this.#live.unlink(this.nodes.parents[node], node);
		this.current[node] = NO_ENTRY;
		this.carriers[node] = NO_ENTRY;
	}

	/** An entry of the present layer that gives way to a later one was shipped for nothing, unless a hard link is left of it. */
	#supersede(node: number): void {
		const entry = this.current[node];
		if (entry >= this.#firstEntry && this.entries.bytesOf(entry) > 0) this.#changed.supersede(entry);
	}

	#reserve(count: number): void {
		const [from, to] = [this.#reserved, count + ROOM_AHEAD];
		this.#live.reserve(from, to);
		this.#changed.reserve(to);
		this.candidates.reserve(to);
		this.current = withRoom(this.current, to).fill(NO_ENTRY, from, to);
		this.carriers = withRoom(this.carriers, to).fill(NO_ENTRY, from, to);
		this.#reserved = to;
	}
}
