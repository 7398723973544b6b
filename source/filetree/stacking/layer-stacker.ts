import { discard, withRoom } from '../../columns/grow.ts';
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
import { resolveHardLinks } from './hard-links.ts';
import { ImageEntries } from './image-entries.ts';
import { LiveNodes } from './live-nodes.ts';
import { NO_NODE, NodeTable, ROOT } from './node-table.ts';
import { PathCursor } from './path-cursor.ts';
import { PathLimit } from './path-limit.ts';
import { RawChanges, RawDeaths } from './raw-changes.ts';
import { type StackState, UNRESOLVED } from './stack-state.ts';

/** How many nodes ahead room is made for. */
const ROOM_AHEAD = 4096;

/**
 * Applies layers one by one and tracks what every path is at the moment. Markers act on lower layers only, so they come first,
 * wherever they are in the tar; then entries apply in tar order; hard links find their targets last.
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
		this.#onWarning = onWarning;
		this.#pathLimit = new PathLimit(limits);
		this.#reserve(this.nodes.count);
		this.current[ROOT] = IMPLIED_DIRECTORY;
	}

	/** Applies the next layer, whose paths are `paths`; what `changeset` has of them is not looked at. */
	apply(changeset: Changeset, paths: StringColumn): void {
		this.#layer = this.entries.changesets.length;
		this.#firstEntry = this.entries.count;
		this.entries.add(changeset);
		this.#pathLimit.addEntries(paths);
		this.entryNodes = withRoom(this.entryNodes, this.entries.count);
		this.#changed.reserveEntries(this.#firstEntry, this.entries.count);
		this.#applyMarkers(changeset, paths);
		const links = this.#applyEntries(changeset, paths);
		for (const node of resolveHardLinks(this, links))
			this.#onWarning('link-to-nothing', this.#layer, this.pathOf(node));
		this.#changed.finishLayer(this.#layer);
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

	#applyMarkers({ count, kinds }: Changeset, paths: StringColumn): void {
		if (!kinds.includes(WHITEOUT) && !kinds.includes(OPAQUE_WHITEOUT)) return;
		const cursor = new PathCursor(this.nodes, paths, this.#pathLimit);
		for (let index = 0; index < count; index++) {
			const kind = kinds[index];
			if (kind < WHITEOUT) continue;
			const node = cursor.intern(index);
			if (this.nodes.count > this.#reserved) this.#reserve(this.nodes.count);
			this.entryNodes[this.#firstEntry + index] = node;
			if (!this.isVisible(node)) continue;
			if (kind === OPAQUE_WHITEOUT) this.#removeChildren(node);
			else this.#remove(node);
		}
	}

	/** Gives the nodes of the layer's hard links. */
	#applyEntries({ count, kinds }: Changeset, paths: StringColumn): number[] {
		const cursor = new PathCursor(this.nodes, paths, this.#pathLimit);
		const links: number[] = [];
		for (let index = 0; index < count; index++) {
			const kind = kinds[index];
			if (kind >= WHITEOUT) continue;
			const node = cursor.intern(index);
			if (this.nodes.count > this.#reserved) this.#reserve(this.nodes.count);
			const entry = this.#firstEntry + index;
			this.entryNodes[entry] = node;
			this.#setEntry(node, entry, kind);
			if (kind === HARD_LINK) links.push(node);
		}
		return links;
	}

	#setEntry(node: number, entry: number, kind: number): void {
		this.#ensureDirectory(this.nodes.parents[node]);
		if (kind !== DIRECTORY) this.#removeChildren(node);
		this.#set(node, entry, kind === HARD_LINK ? UNRESOLVED : entry);
	}

	/** Makes a node and its parents directories. One that was something else in a lower layer is replaced, which is worth a warning. */
	#ensureDirectory(node: number): void {
		if (this.isVisible(node) && this.entries.kindOf(this.current[node]) === DIRECTORY) return;
		const missing: number[] = [];
		let at = node;
		for (; !this.isVisible(at); at = this.nodes.parents[at]) missing.push(at);
		const entry = this.current[at];
		if (this.entries.kindOf(entry) !== DIRECTORY) {
			if (entry < this.#firstEntry) this.#onWarning('parent-replaced', this.#layer, this.pathOf(at));
			this.#set(at, IMPLIED_DIRECTORY, IMPLIED_DIRECTORY);
		}
		for (const child of missing.reverse()) this.#set(child, IMPLIED_DIRECTORY, IMPLIED_DIRECTORY);
	}

	#set(node: number, entry: number, carrier: number): void {
		if (this.isVisible(node)) this.#supersede(node);
		else this.#live.link(this.nodes.parents[node], node);
		this.#changed.add(node);
		this.current[node] = entry;
		this.carriers[node] = carrier;
	}

	#remove(node: number): void {
		this.#removeChildren(node);
		this.#takeAway(node);
	}

	/** Removes all that is below a node, deepest first, without recursion: a hostile path may have ten thousand components. */
	#removeChildren(node: number): void {
		let at = node;
		for (;;) {
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
		this.#live.unlink(this.nodes.parents[node], node);
		this.current[node] = NO_ENTRY;
		this.carriers[node] = NO_ENTRY;
	}

	/** An entry of the present layer that gives way to a later one was shipped for nothing. */
	#supersede(node: number): void {
		const entry = this.current[node];
		if (entry < this.#firstEntry || this.entries.bytesOf(entry) === 0) return;
		this.deaths.push({ carrier: entry, culprit: this.#layer, change: NO_ENTRY });
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
