import { type DiveFigures, type DiveInput, scoreAsDive } from '../analysis/dive/dive-score.ts';
import type { Remembering } from './stack-cached.ts';

/** To be counted up when the score comes to be worked out in another way. */
const SCORING_VERSION = 1;

/** dive's score of one image: out of the cache, or worked out, once, and kept. It takes as long as all other figures together. */
export class DiveRemembered {
	readonly #remembering: Remembering;
	#figures: DiveFigures | null = null;

	constructor(remembering: Remembering) {
		this.#remembering = remembering;
	}

	figures(input: DiveInput): DiveFigures {
		this.#figures ??= scoreOrRecall(this.#remembering, input);
		return this.#figures;
	}
}

function scoreOrRecall({ cache, answers }: Remembering, input: DiveInput): DiveFigures {
	if (answers === null) return scoreAsDive(input);
	const key = `dive ${SCORING_VERSION}\n${answers.key}`;
	const known = cache.answer(key);
	if (known?.length === 6) return figuresOf(known);
	const figures = scoreAsDive(input);
	if (answers.isCurrent()) cache.keepAnswer(key, numbersOf(figures));
	return figures;
}

/** Three numbers of 64 bits; NaN stands for none. */
function numbersOf({ efficiency, wastedBytes, userWastedRatio }: DiveFigures): Uint32Array {
	return new Uint32Array(Float64Array.of(efficiency, wastedBytes, userWastedRatio ?? Number.NaN).buffer);
}

function figuresOf({ buffer, byteOffset, length }: Uint32Array): DiveFigures {
	const [efficiency, wastedBytes, ratio] = new Float64Array(buffer, byteOffset, length / 2);
	return { efficiency, wastedBytes, userWastedRatio: Number.isNaN(ratio) ? null : ratio };
}
