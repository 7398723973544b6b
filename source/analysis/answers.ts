import type { RunSteps, Steps } from '../steps.ts';
import type { AnswerInput } from './answer-input.ts';
import { scoreAsDive } from './dive/dive-score.ts';
import { entryNodesOf } from './entry-nodes.ts';

/**
 * What is worked out of an image only when somebody asks, unlike `Figures`. Each is a function that works piece by piece, so that other
 * work goes on in between. To add an answer, add a file with its function and a line here.
 */
const workings = {
	/** What dive 0.13 says of the image. */
	dive: scoreAsDive,
	/** Where each entry of the layers belongs, those included that no path shows any more. */
	entryNodes: entryNodesOf,
} as const satisfies Readonly<Record<string, (input: AnswerInput) => Steps<unknown>>>;

export type AnswerName = keyof typeof workings;

type AnswerOf<Working> = Working extends (input: AnswerInput) => Steps<infer Answer> ? Answer : never;

export type Answers = { readonly [Name in AnswerName]: AnswerOf<(typeof workings)[Name]> };

const workingOf: { readonly [Name in AnswerName]: (input: AnswerInput) => Steps<Answers[Name]> } = workings;

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
		const working = this.#run(workingOf[name](this.#input), signal);
		this.#asked.set(name, working);
		working.catch(() => this.#asked.delete(name));
		return working;
	}
}
