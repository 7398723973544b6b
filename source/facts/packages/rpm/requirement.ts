/** What is needed: each item has alternatives. */
export type Needs = readonly (readonly string[])[];

const MOST_DEPTH = 16;
const MOST_ALTERNATIVES = 64;
const operators: ReadonlySet<string> = new Set(['and', 'or', 'if', 'unless', 'else', 'with', 'without']);

/**
 * The names that a requirement is about: a name as such, or those of a rich one such as `(a >= 2 or (b with c))` (rpm, boolean_dependencies.md).
 * What holds under a condition only is taken as needed: without the condition nobody installs it. Nothing where it cannot be understood.
 */
export function needsOf(requirement: string): Needs {
	if (!requirement.startsWith('(')) return [[requirement]];
	const words = wordsOf(requirement);
	const parsed = new RichRequirement(words);
	const needs = parsed.group(0);
	return needs === null || !parsed.isAtEnd ? [] : needs;
}

/** Brackets that group, and words; brackets within a word, as in `perl(Carp)`, belong to it. */
function wordsOf(text: string): readonly string[] {
	const words: string[] = [];
	let at = 0;
	while (at < text.length) {
		if (text[at] === '(' || text[at] === ')') words.push(text[at++]);
		else if (text[at] === ' ') at++;
		else {
			const end = endOfWord(text, at);
			words.push(text.slice(at, end));
			at = end;
		}
	}
	return words;
}

function endOfWord(text: string, start: number): number {
	let depth = 0;
	for (let at = start; at < text.length; at++) {
		if (text[at] === ' ') return at;
		if (text[at] === '(') depth++;
		if (text[at] === ')' && depth-- === 0) return at;
	}
	return text.length;
}

class RichRequirement {
	readonly #words: readonly string[];
	#at = 0;

	constructor(words: readonly string[]) {
		this.#words = words;
	}

	get isAtEnd(): boolean {
		return this.#at === this.#words.length;
	}

	/** From `(` to its `)`. */
	group(depth: number): Needs | null {
		this.#at++;
		let needs = this.#operand(depth);
		while (needs !== null && this.#words[this.#at] !== ')') {
			const operator = this.#words[this.#at++];
			const next = operators.has(operator) ? this.#operand(depth) : null;
			needs = next && joined(needs, operator, next);
		}
		this.#at++;
		return needs;
	}

	#operand(depth: number): Needs | null {
		const word = this.#words[this.#at];
		if (word === '(') return depth < MOST_DEPTH ? this.group(depth + 1) : null;
		if (word === undefined || word === ')') return null;
		this.#at++;
		if (/^[<>=]+$/.test(this.#words[this.#at] ?? '')) this.#at += 2;
		return [[word]];
	}
}

function joined(left: Needs, operator: string, right: Needs): Needs | null {
	if (operator === 'and') return left.length + right.length <= MOST_ALTERNATIVES ? [...left, ...right] : null;
	if (operator !== 'or' && operator !== 'else') return left;
	if (left.length * right.length > MOST_ALTERNATIVES) return null;
	const both = left.flatMap((one) => right.map((other) => [...one, ...other]));
	return both.every((alternatives) => alternatives.length <= MOST_ALTERNATIVES) ? both : null;
}
