import { type DiveFigures, type DiveInput, scoreAsDive } from '../analysis/dive/dive-score.ts';

/** Works out dive's score when it is first asked for, and gives it again from then on: an image has one. */
export function diveOnce(): (input: DiveInput) => DiveFigures {
	let figures: DiveFigures | null = null;
	return (input) => {
		figures ??= scoreAsDive(input);
		return figures;
	};
}
