import { type Pattern, PatternError } from './pattern.ts';
import { utf8Sequences } from './utf8-ranges.ts';

/** One step of a nondeterministic automaton over bytes; `next`, `left` and `right` are positions in the program. */
export type Instruction =
	| { readonly kind: 'byte'; readonly first: number; readonly last: number; readonly next: number }
	| { readonly kind: 'split'; readonly left: number; readonly right: number }
	| { readonly kind: 'start' | 'end'; readonly next: number }
	| { readonly kind: 'match' };

export interface PatternProgram {
	readonly instructions: readonly Instruction[];
	readonly entry: number;
}

const MAXIMUM_INSTRUCTIONS = 5000;
/** Nested repeats of an empty group emit no instructions, but take time. */
const MAXIMUM_STEPS = 20_000;

/**
 * Thompson's construction, from the end of the pattern to its start. Reversed, it is a program for the bytes from the last one to the first.
 * Throws `PatternError` when the program gets too large.
 */
export function compilePattern(pattern: Pattern, { isReversed = false } = {}): PatternProgram {
	const instructions: Instruction[] = [{ kind: 'match' }];
	let steps = 0;

	function emit(instruction: Instruction): number {
		if (instructions.length >= MAXIMUM_INSTRUCTIONS) throw new PatternError('too complex');
		return instructions.push(instruction) - 1;
	}

	/** Emits what makes one part after the other, the last one first. */
	function follow<Part>(
		parts: readonly Part[],
		next: number,
		emitPart: (part: Part, next: number) => number,
	): number {
		const inOrder = isReversed ? parts : parts.toReversed();
		return inOrder.reduce((following, each) => emitPart(each, following), next);
	}

	/** Emits instructions that match the pattern and go on at `next`. Returns the position of the first. */
	function compile(part: Pattern, next: number): number {
		steps += 1;
		if (steps > MAXIMUM_STEPS) throw new PatternError('too complex');
		switch (part.kind) {
			case 'start':
			case 'end':
				return emit({ kind: (part.kind === 'start') === isReversed ? 'end' : 'start', next });
			case 'sequence':
				return follow(part.parts, next, compile);
			case 'choice':
				return oneOf(part.options.map((option) => compile(option, next)));
			case 'repeat':
				return compileRepeat(part, next);
			case 'set':
				return compileSet(part, next);
		}
	}

	function compileSet({ ranges }: Extract<Pattern, { kind: 'set' }>, next: number): number {
		const sequences = ranges.flatMap(utf8Sequences);
		return oneOf(
			sequences.map((sequence) =>
				follow(sequence, next, ([first, last], following) =>
					emit({ kind: 'byte', first, last, next: following }),
				),
			),
		);
	}

	function compileRepeat(repeat: Extract<Pattern, { kind: 'repeat' }>, next: number): number {
		const { part, minimum, maximum } = repeat;
		let start = maximum === null ? compileLoop(part, next) : next;
		for (let count = minimum; count < (maximum ?? minimum); count++) {
			start = emit({ kind: 'split', left: compile(part, start), right: next });
		}
		for (let count = 0; count < minimum; count++) start = compile(part, start);
		return start;
	}

	function compileLoop(part: Pattern, next: number): number {
		const loop = emit({ kind: 'match' });
		instructions[loop] = { kind: 'split', left: compile(part, loop), right: next };
		return loop;
	}

	/** Matches nothing for an empty list, which is what `[]` compiles to. */
	function oneOf(starts: readonly number[]): number {
		if (starts.length === 0) return emit({ kind: 'byte', first: 1, last: 0, next: 0 });
		return starts.reduceRight((right, left) => emit({ kind: 'split', left, right }));
	}

	const entry = compile(pattern, 0);
	return { instructions, entry };
}
