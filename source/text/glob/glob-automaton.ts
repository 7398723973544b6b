import type { GlobStep } from './compile-glob.ts';
import type { SetPart } from './parse-set.ts';

/** What a text has led to so far. */
interface State {
	/** The steps that take the next character. */
	readonly takes: readonly Extract<GlobStep, { kind: 'take' }>[];
	/** Whether a text that ends here matches. */
	readonly isMatch: boolean;
	/** The states behind the characters that were met: an item for each of ASCII, which nearly all are of, and the others by code point. */
	readonly afterAscii: (State | null)[];
	readonly afterOther: Map<number, State>;
}

const SLASH = 0x2f;
const ASCII = 0x80;
/** More are forgotten and worked out again, so that memory is bounded. */
const MOST_TRANSITIONS = 1000;

/** A deterministic automaton whose states are worked out when a text first leads to them. The time to match grows with the text alone. */
export class GlobAutomaton {
	readonly #start: GlobStep;
	readonly #numbers = new Map<GlobStep, number>();
	#states = new Map<string, State>();
	#initial: State;
	#transitions = 0;

	constructor(start: GlobStep) {
		this.#start = start;
		this.#initial = this.#stateOf([start]);
	}

	/** Whether the whole text matches. */
	matches(text: string): boolean {
		let state = this.#initial;
		for (let index = 0; index < text.length; ) {
			const unit = text.charCodeAt(index);
			const codePoint = unit < ASCII ? unit : (text.codePointAt(index) ?? 0);
			index += codePoint > 0xffff ? 2 : 1;
			const known = unit < ASCII ? state.afterAscii[unit] : state.afterOther.get(codePoint);
			state = known ?? this.#step(state, codePoint);
			if (state.takes.length === 0) return state.isMatch && index === text.length;
		}
		return state.isMatch;
	}

	#step(state: State, codePoint: number): State {
		if (this.#transitions === MOST_TRANSITIONS) {
			this.#transitions = 0;
			this.#states = new Map();
			this.#initial = this.#stateOf([this.#start]);
		}
		const next = this.#stateOf(
			state.takes.filter(({ taken }) => isTaken(taken, codePoint)).map((take) => take.next),
		);
		if (codePoint < ASCII) state.afterAscii[codePoint] = next;
		else state.afterOther.set(codePoint, next);
		this.#transitions += 1;
		return next;
	}

	#stateOf(steps: readonly GlobStep[]): State {
		const reached = new Set(steps);
		for (const step of reached) if (step.kind === 'fork') for (const way of step.ways) reached.add(way);
		const takes = [...reached].filter((step) => step.kind === 'take');
		const isMatch = [...reached].some((step) => step.kind === 'match');
		const numbers = takes.map((take) => this.#numberOf(take)).sort((left, right) => left - right);
		const key = `${isMatch}${numbers.join()}`;
		const known = this.#states.get(key);
		if (known !== undefined) return known;
		const state: State = { takes, isMatch, afterAscii: new Array(ASCII).fill(null), afterOther: new Map() };
		this.#states.set(key, state);
		return state;
	}

	#numberOf(step: GlobStep): number {
		const known = this.#numbers.get(step);
		if (known !== undefined) return known;
		this.#numbers.set(step, this.#numbers.size);
		return this.#numbers.size - 1;
	}
}

function isTaken(taken: number | SetPart, codePoint: number): boolean {
	if (typeof taken === 'number') return taken === codePoint;
	if (codePoint === SLASH) return false;
	return taken.ranges.some(([first, last]) => codePoint >= first && codePoint <= last) !== taken.isNegated;
}
