import { DEAD, FOUND, PatternAutomaton } from './automaton.ts';
import { compilePattern } from './compile-pattern.ts';
import { parsePattern } from './parse-pattern.ts';

/** A line of a text, or a piece of one. */
export interface SearchedLine {
	readonly bytes: Uint8Array;
	readonly start: number;
	readonly end: number;
	/** Whether `^` is at its start, and `$` at its end. */
	readonly isFromStart: boolean;
	readonly isToEnd: boolean;
}

export interface FoundRange {
	readonly start: number;
	readonly end: number;
}

/** What a search may spend on making matches longer, for each byte of the line. Beyond that they are as short as can be. */
const MOST_TIMES_EXTENDED = 8;
const LEAST_EXTENDED_BYTES = 10_000;

/**
 * Finds where a regular expression matches. Automata tell where the first match ends, back from there where it begins, and how far one goes that
 * begins there, so that the time grows with the length of the text alone. The constructor and what it returns throw `PatternError`.
 */
export class PatternFinder {
	readonly #anywhere: PatternAutomaton;
	readonly #backwards: PatternAutomaton;
	readonly #onwards: PatternAutomaton;
	#left = 0;

	constructor(source: string) {
		const pattern = parsePattern(source);
		const program = compilePattern(pattern);
		this.#anywhere = new PatternAutomaton(program);
		this.#onwards = new PatternAutomaton(program, { isAnchored: true });
		this.#backwards = new PatternAutomaton(compilePattern(pattern, { isReversed: true }), {
			isAnchored: true,
		});
	}

	/** The matches in a line from some byte on, one after the other; none is empty. */
	*matchesIn(line: SearchedLine, from: number): Generator<FoundRange, void> {
		this.#left = LEAST_EXTENDED_BYTES + MOST_TIMES_EXTENDED * (line.end - from);
		for (let at = from; at < line.end; ) {
			const found = this.#next(line, at);
			if (found === null) return;
			if (found.end > found.start) yield found;
			at = Math.max(found.end, found.start + 1);
		}
	}

	#next(line: SearchedLine, from: number): FoundRange | null {
		const firstEnd = this.#firstEnd(line, from);
		if (firstEnd === null) return null;
		const start = this.#startOf(line, from, firstEnd);
		return { start, end: Math.max(firstEnd, this.#endOf(line, start)) };
	}

	/** Where the match ends that ends first; null where there is none. */
	#firstEnd({ bytes, start, end, isFromStart, isToEnd }: SearchedLine, from: number): number | null {
		const automaton = this.#anywhere;
		const initial = from === start && isFromStart ? automaton.initial : automaton.inside();
		const last = automaton.run(initial, bytes, from, end);
		if (last !== FOUND) return isToEnd && automaton.matches(last) ? end : null;
		let state = initial;
		let at = from;
		for (; state !== FOUND; at++) state = automaton.run(state, bytes, at, at + 1);
		return at;
	}

	/** Where the longest match begins that ends at a byte. */
	#startOf({ bytes, start, end, isFromStart, isToEnd }: SearchedLine, from: number, last: number): number {
		const automaton = this.#backwards;
		let state = last === end && isToEnd ? automaton.initial : automaton.inside();
		let found = last;
		for (let at = last - 1; at >= from; at--) {
			state = automaton.run(state, bytes, at, at + 1);
			if (state === DEAD) break;
			const isStart = at === start && isFromStart;
			if (isStart ? automaton.matches(state) : automaton.isMatch(state)) found = at;
		}
		return found;
	}

	/** Where the longest match ends that begins at a byte. */
	#endOf({ bytes, start, end, isFromStart, isToEnd }: SearchedLine, first: number): number {
		const automaton = this.#onwards;
		let state = first === start && isFromStart ? automaton.initial : automaton.inside();
		let found = first;
		for (let at = first; at < end && this.#left > 0; at++) {
			this.#left -= 1;
			state = automaton.run(state, bytes, at, at + 1);
			if (state === DEAD) break;
			const isEnd = at + 1 === end && isToEnd;
			if (isEnd ? automaton.matches(state) : automaton.isMatch(state)) found = at + 1;
		}
		return found;
	}
}
