import type { Steps } from '../../steps.ts';
import { DIRECTORY } from '../../tar/changeset.ts';
import type { WarningCode } from '../../warning.ts';
import { NO_ENTRY } from '../file-tree.ts';
import { NO_NODE } from './node-table.ts';
import { FIRST_PENDING, type StackState } from './stack-state.ts';

/** Links that take about a millisecond. */
const LINKS_A_STEP = 4096;

/** Of a link whose content is known beforehand: it is not, and its target tells. */
export const LINK_BY_TARGET = -0x8000_0000;

/** A link that met no target yet, or one that cannot be linked to. */
const NOTHING = null;

/**
 * Gives the hard links of a layer what they share, in the order of the tar: what the target is when the link's entry is met. A later
 * entry for the target's path leaves the link its content. A link that meets nothing waits for the end of the layer, and takes what its
 * target is then, if there is anything; links to such a link wait with it.
 */
export class HardLinks {
	readonly #stacker: StackState;
	readonly #onWarning: (code: WarningCode, node: number) => void;
	/** The carriers of the links of the present layer, an item an entry; null where their targets tell. */
	#known: Int32Array | null = null;
	#firstEntry = 0;
	/** The entry of the link that each pending inode is to be found by; NO_ENTRY for one that leads to a directory. */
	#pending: number[] = [];
	/** The links that wait: nodes and their entries. */
	#waitingNodes: number[] = [];
	#waitingEntries: number[] = [];

	constructor(stacker: StackState, onWarning: (code: WarningCode, node: number) => void) {
		this.#stacker = stacker;
		this.#onWarning = onWarning;
	}

	/** Begins a layer whose first entry is `firstEntry`. `known` has the carrier of each link, NO_ENTRY for nothing, or LINK_BY_TARGET. */
	beginLayer(firstEntry: number, known: Int32Array | null): void {
		this.#firstEntry = firstEntry;
		this.#known = known;
	}

	/** The carrier for a link, once its parents are directories and nothing is below its path any more. */
	meet(node: number, entry: number): number {
		const known = this.#known?.[entry - this.#firstEntry] ?? LINK_BY_TARGET;
		if (known !== LINK_BY_TARGET) return known;
		const carrier = this.#carrierFor(node, entry);
		if (carrier <= FIRST_PENDING) {
			this.#waitingNodes.push(node);
			this.#waitingEntries.push(entry);
		}
		return carrier;
	}

	/** Gives the links that wait their carriers; NO_ENTRY, an empty file, to those that lead to nothing. */
	*finishLayer(): Steps<void> {
		const { current, carriers } = this.#stacker;
		if (this.#pending.length === 0) return;
		const found = yield* this.#findPending();
		for (const [index, node] of this.#waitingNodes.entries()) {
			if (index % LINKS_A_STEP === LINKS_A_STEP - 1) yield;
			// A later entry may have taken its place.
			if (current[node] !== this.#waitingEntries[index]) continue;
			const carrier = found[FIRST_PENDING - carriers[node]];
			carriers[node] = carrier ?? NO_ENTRY;
			this.#onWarning(carrier === NOTHING ? 'link-to-nothing' : 'link-before-target', node);
		}
		this.#pending = [];
		this.#waitingNodes = [];
		this.#waitingEntries = [];
	}

	#carrierFor(node: number, entry: number): number {
		const { current, carriers, entries } = this.#stacker;
		const target = this.#targetOf(entry);
		// An engine removes what is at a link's path before it makes the link, so that a link to itself finds nothing.
		if (target === NO_NODE || target === node || !this.#stacker.isVisible(target))
			return this.#addPending(entry);
		return entries.kindOf(current[target]) === DIRECTORY ? this.#addPending(NO_ENTRY) : carriers[target];
	}

	#addPending(entry: number): number {
		this.#pending.push(entry);
		return FIRST_PENDING - (this.#pending.length - 1);
	}

	/** What each pending inode is now that all entries have applied: a carrier, or null for nothing. */
	*#findPending(): Steps<readonly (number | null)[]> {
		const found: (number | null | undefined)[] = this.#pending.map(() => undefined);
		for (let first = 0; first < found.length; first++) {
			const chain = new Set<number>();
			let at = first;
			let carrier: number | null = FIRST_PENDING - at;
			while (carrier !== NOTHING && carrier <= FIRST_PENDING) {
				at = FIRST_PENDING - carrier;
				const known = found[at];
				if (known === undefined) carrier = chain.has(at) ? NOTHING : this.#carrierAtEnd(at);
				else carrier = known;
				chain.add(at);
				if (chain.size % LINKS_A_STEP === 0) yield;
			}
			for (const each of chain) found[each] = carrier;
			if (first % LINKS_A_STEP === LINKS_A_STEP - 1) yield;
		}
		return found as (number | null)[];
	}

	/** The carrier of the target of a pending link at the end of the layer, which may be pending itself. */
	#carrierAtEnd(pending: number): number | null {
		const { current, carriers, entries } = this.#stacker;
		const entry = this.#pending[pending];
		const target = entry === NO_ENTRY ? NO_NODE : this.#targetOf(entry);
		if (target === NO_NODE || !this.#stacker.isVisible(target)) return NOTHING;
		return entries.kindOf(current[target]) === DIRECTORY ? NOTHING : carriers[target];
	}

	#targetOf(entry: number): number {
		return this.#stacker.nodes.findPath(this.#stacker.entries.targetOf(entry));
	}
}
