import { discard } from '../columns/grow.ts';
import type { PatternAutomaton } from './pattern/automaton.ts';
import { characterMask, type SearchableNames } from './searchable-names.ts';

/** Names run from one state before their results are cached: below that, a table costs more than it saves. */
const WORTH_A_TABLE = 256;
/** Bounds the memory: each table has two bytes for each distinct name. */
const MAXIMUM_TABLES = 8;
const UNKNOWN = 0;

/** The results of running an automaton from one state over names. */
interface StateTable {
	/** The state after each name, plus one; UNKNOWN for a name that was not run yet. */
	readonly after: Uint16Array;
	/** The characters that lead out of the state: a name without any of them leaves the state as it is. */
	readonly leaving: number;
}

/**
 * Runs an automaton over the names of a tree. Most names occur many times and in directories that leave the automaton in one of a few
 * states, so each name is run once from each of these states.
 */
export class NameStates {
	readonly #automaton: PatternAutomaton;
	readonly #names: SearchableNames;
	readonly #tables: (StateTable | undefined)[] = [];
	/** How often each state was run from. */
	readonly #uses: number[] = [];
	#tableCount = 0;

	constructor(automaton: PatternAutomaton, names: SearchableNames) {
		this.#automaton = automaton;
		this.#names = names;
	}

	/** The state after a name. Throws `PatternError` when the pattern turns out to be too complex. */
	after(state: number, name: number): number {
		const table = this.#tables[state] ?? this.#newTable(state);
		if (table === undefined) return this.#run(state, name);
		const known = table.after[name];
		if (known !== UNKNOWN) return known - 1;
		const next = (this.#names.masks[name] & table.leaving) === 0 ? state : this.#run(state, name);
		table.after[name] = next + 1;
		return next;
	}

	/** Frees the memory. The object must not be used afterwards. */
	discard(): void {
		for (const table of this.#tables) if (table !== undefined) discard(table.after);
	}

	#run(state: number, name: number): number {
		const { bytes, ends } = this.#names;
		return this.#automaton.run(state, bytes, name === 0 ? 0 : ends[name - 1], ends[name]);
	}

	/** A table for a state that was run from often; undefined while one is not worth it. */
	#newTable(state: number): StateTable | undefined {
		while (this.#uses.length <= state) this.#uses.push(0);
		this.#uses[state] += 1;
		if (this.#uses[state] < WORTH_A_TABLE || this.#tableCount === MAXIMUM_TABLES) return undefined;
		this.#tableCount += 1;
		while (this.#tables.length <= state) this.#tables.push(undefined);
		const table = { after: new Uint16Array(this.#names.ends.length), leaving: this.#leavingMask(state) };
		this.#tables[state] = table;
		return table;
	}

	#leavingMask(state: number): number {
		const byte = new Uint8Array(1);
		let mask = 0;
		for (byte[0] = 0; ; byte[0]++) {
			if (this.#automaton.run(state, byte, 0, 1) !== state) mask |= characterMask(byte);
			if (byte[0] === 255) return mask;
		}
	}
}
