import type { PathTree } from '../filetree/file-tree.ts';
import type { Steps } from '../steps.ts';
import { type DiveFigures, scoreAsDive } from './dive/dive-score.ts';

/** What is worked out of an image only when somebody asks: the figures that are there in any case are `Figures`. */
export interface Answers {
	/** What dive 0.13 says of the image. */
	readonly dive: DiveFigures;
}

export type AnswerName = keyof Answers;

/** What answers are worked out of. */
export interface AnswerInput {
	readonly tree: PathTree;
	/** The node of each entry, layer by layer. */
	readonly entryNodes: readonly Int32Array[];
}

/** How each answer is worked out: piece by piece, so that other work goes on in between. A new one is a function and a line here. */
const workings: { readonly [Name in AnswerName]: (input: AnswerInput) => Steps<Answers[Name]> } = {
	dive: scoreAsDive,
};

/** Does the steps of some work, and lets other work go on in between. Throws when it is to be stopped. */
export type RunSteps = <T>(steps: Steps<T>, signal: AbortSignal | undefined) => Promise<T>;

/** The answers about one image. Each is worked out once, when it is first asked for. */
export class AskedAnswers {
	readonly #input: AnswerInput;
	readonly #run: RunSteps;
	readonly #asked = new Map<AnswerName, Promise<unknown>>();

	constructor(input: AnswerInput, run: RunSteps) {
		this.#input = input;
		this.#run = run;
	}

	/** Throws `interrupted` once the signal is aborted; what was stopped is worked out anew when it is asked for again. */
	async ask<Name extends AnswerName>(
		names: readonly Name[],
		signal?: AbortSignal,
	): Promise<Pick<Answers, Name>> {
		const answers: Partial<Answers> = {};
		for (const name of names) answers[name] = await this.#answer(name, signal);
		return answers as Pick<Answers, Name>;
	}

	#answer<Name extends AnswerName>(name: Name, signal: AbortSignal | undefined): Promise<Answers[Name]> {
		const known = this.#asked.get(name) as Promise<Answers[Name]> | undefined;
		if (known !== undefined) return known;
		const working = this.#run(workings[name](this.#input), signal);
		this.#asked.set(name, working);
		working.catch(() => this.#asked.delete(name));
		return working;
	}
}
