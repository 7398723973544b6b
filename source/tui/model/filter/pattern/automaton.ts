import type { PatternProgram } from './compile-pattern.ts';
import { PatternError } from './pattern.ts';

/** Steps of working out states, all together: what a hostile pattern may cost, some tens of milliseconds. */
const MAXIMUM_WORK = 4_000_000;
const MAXIMUM_STATES = 4000;
const UNKNOWN = -1;

/** The state of a text in which the pattern was found, whatever follows. */
export const FOUND = 0;

/**
 * A deterministic automaton that is worked out while it runs (as RE2 does it): the time to match grows with the text alone,
 * whatever the pattern. It looks for the pattern anywhere in the text.
 */
export class PatternAutomaton {
	readonly #program: PatternProgram;
	/** 256 items a state: the state after the byte, or UNKNOWN. */
	#transitions = new Int32Array(64 * 256).fill(UNKNOWN);
	/** The instructions that each state stands at: `byte`, `end` and `match` ones. */
	readonly #states: (readonly number[])[] = [];
	readonly #matchesAtEnd: boolean[] = [];
	readonly #numbers = new Map<string, number>();
	readonly #seen: Uint8Array;
	#work = 0;
	/** The state of the empty text. */
	readonly initial: number;

	constructor(program: PatternProgram) {
		this.#program = program;
		this.#seen = new Uint8Array(program.instructions.length);
		this.#add([], { atStart: false });
		this.#transitions.fill(FOUND, 0, 256);
		const start = this.#closure([program.entry], { atStart: true, atEnd: false });
		// It has no key: the same instructions later in the text are not at its start any more.
		this.initial = this.#hasMatch(start) ? FOUND : this.#add(start, { atStart: true });
	}

	/** The state after `bytes[start, end)`. Throws `PatternError` when the pattern turns out to be too complex. */
	run(state: number, bytes: Uint8Array, start: number, end: number): number {
		let current = state;
		let transitions = this.#transitions;
		for (let index = start; index < end && current !== FOUND; index++) {
			const next = transitions[(current << 8) | bytes[index]];
			if (next !== UNKNOWN) {
				current = next;
			} else {
				current = this.#step(current, bytes[index]);
				transitions = this.#transitions;
			}
		}
		return current;
	}

	/** Whether a text that ends in this state matches. */
	matches(state: number): boolean {
		return state === FOUND || this.#matchesAtEnd[state];
	}

	#step(state: number, byte: number): number {
		const targets: number[] = [];
		for (const position of this.#states[state]) {
			const instruction = this.#program.instructions[position];
			if (instruction.kind !== 'byte') continue;
			if (byte >= instruction.first && byte <= instruction.last) targets.push(instruction.next);
		}
		this.#spend(this.#states[state].length);
		targets.push(this.#program.entry);
		const next = this.#numberOf(this.#closure(targets, { atStart: false, atEnd: false }));
		this.#transitions[state * 256 + byte] = next;
		return next;
	}

	/** All instructions that are reached without taking a byte. */
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
		if (this.#hasMatch(positions)) return FOUND;
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
