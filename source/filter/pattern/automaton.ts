import type { PatternProgram } from './compile-pattern.ts';
import { PatternError } from './pattern.ts';

/** Instructions visited to work out states: bounds what a hostile pattern costs to about a tenth of a second. */
const MAXIMUM_WORK = 2_000_000;
const MAXIMUM_STATES = 4000;
const UNKNOWN = -1;

/** The state of a text in which the pattern was found, whatever follows. */
export const FOUND = 0;
/** In an automaton that is anchored: the state of a text that cannot go on to a match. */
export const DEAD = 0;

/**
 * A deterministic automaton whose states are worked out when a text first leads to them, as in RE2: the time to match grows with
 * the length of the text alone, whatever the pattern. It looks for the pattern anywhere in the text or, anchored, from its start on.
 */
export class PatternAutomaton {
	readonly #program: PatternProgram;
	readonly #isAnchored: boolean;
	/** 256 items for each state: where the items of the state after each byte start, or UNKNOWN. */
	#transitions = new Int32Array(64 * 256).fill(UNKNOWN);
	/** The `byte`, `end` and `match` instructions that each state is at. */
	readonly #states: (readonly number[])[] = [];
	readonly #matchesAtEnd: boolean[] = [];
	readonly #numbers = new Map<string, number>();
	readonly #seen: Uint8Array;
	#work = 0;
	#inside: number | null = null;
	/** The state of the empty text. */
	readonly initial: number;

	constructor(program: PatternProgram, { isAnchored = false } = {}) {
		this.#program = program;
		this.#isAnchored = isAnchored;
		this.#seen = new Uint8Array(program.instructions.length);
		this.#add([], { atStart: false });
		this.#transitions.fill(FOUND, 0, 256);
		this.#matchesAtEnd[FOUND] = !isAnchored;
		const start = this.#closure([program.entry], { atStart: true, atEnd: false });
		// It has no key: a later state at the same instructions is not at the start of the text.
		this.initial = !isAnchored && this.#hasMatch(start) ? FOUND : this.#add(start, { atStart: true });
	}

	/** The state after `bytes[start, end)`. Throws `PatternError` when the pattern turns out to be too complex. */
	run(state: number, bytes: Uint8Array, start: number, end: number): number {
		let row = state << 8;
		let transitions = this.#transitions;
		for (let index = start; index < end; index++) {
			const next = transitions[row | bytes[index]];
			if (next > 0) {
				row = next;
			} else if (next === FOUND) {
				return FOUND;
			} else {
				row = this.#step(row >> 8, bytes[index]) << 8;
				transitions = this.#transitions;
			}
		}
		return row >> 8;
	}

	/** Whether a text that ends in this state matches. */
	matches(state: number): boolean {
		return this.#matchesAtEnd[state];
	}

	/** The state of the empty text in the middle of a line. */
	inside(): number {
		this.#inside ??= this.#numberOf(this.#closure([this.#program.entry], { atStart: false, atEnd: false }));
		return this.#inside;
	}

	/** Anchored: whether the text so far is a match, whatever follows. */
	isMatch(state: number): boolean {
		return this.#hasMatch(this.#states[state]);
	}

	#step(state: number, byte: number): number {
		const targets: number[] = [];
		for (const position of this.#states[state]) {
			const instruction = this.#program.instructions[position];
			if (instruction.kind !== 'byte') continue;
			if (byte >= instruction.first && byte <= instruction.last) targets.push(instruction.next);
		}
		this.#spend(this.#states[state].length);
		if (!this.#isAnchored) targets.push(this.#program.entry);
		const next = this.#numberOf(this.#closure(targets, { atStart: false, atEnd: false }));
		this.#transitions[(state << 8) | byte] = next << 8;
		return next;
	}

	/** The instructions that are reached without taking a byte, ascending. */
	#closure(positions: readonly number[], { atStart, atEnd }: { atStart: boolean; atEnd: boolean }): number[] {
		const reached: number[] = [];
		const pending = [...positions];
		this.#seen.fill(0);
		for (let position = pending.pop(); position !== undefined; position = pending.pop()) {
			if (this.#seen[position] === 1) continue;
			this.#seen[position] = 1;
			this.#spend(1);
			const instruction = this.#program.instructions[position];
			if (instruction.kind === 'split') pending.push(instruction.left, instruction.right);
			else if (instruction.kind === 'start') pending.push(...(atStart ? [instruction.next] : []));
			else if (instruction.kind === 'end' && atEnd) pending.push(instruction.next);
			else reached.push(position);
		}
		return reached.sort((left, right) => left - right);
	}

	#numberOf(positions: readonly number[]): number {
		if (this.#isAnchored ? positions.length === 0 : this.#hasMatch(positions)) return FOUND;
		const key = positions.join();
		const known = this.#numbers.get(key);
		if (known !== undefined) return known;
		const added = this.#add(positions, { atStart: false });
		this.#numbers.set(key, added);
		return added;
	}

	#add(positions: readonly number[], { atStart }: { atStart: boolean }): number {
		const number = this.#states.length;
		if (number >= MAXIMUM_STATES) throw new PatternError('too complex');
		if ((number + 1) * 256 > this.#transitions.length) {
			const grown = new Int32Array(this.#transitions.length * 2).fill(UNKNOWN);
			grown.set(this.#transitions);
			this.#transitions = grown;
		}
		this.#states.push(positions);
		this.#matchesAtEnd.push(this.#hasMatch(this.#closure(positions, { atStart, atEnd: true })));
		return number;
	}

	/** The match is the first instruction of every program. */
	#hasMatch(positions: readonly number[]): boolean {
		return positions[0] === 0;
	}

	#spend(steps: number): void {
		this.#work += steps;
		if (this.#work > MAXIMUM_WORK) throw new PatternError('too complex');
	}
}
