import { instructionOf } from '../text/instruction.ts';
import type { ConfigChange } from './compare-config.ts';

/** What is longer was recorded by no builder, and stays as it is. */
const LONGEST_STEP = 16_384;

/** The step of the history that a change is about, as a Dockerfile has it. */
export type StepText = (step: string) => string;

/** How the steps of some changes are shown: as they are recorded where nothing else tells two of them apart, such as those of two builders. */
export function stepTexts(changes: readonly ConfigChange[]): StepText {
	const counts = new Map<string, number>();
	for (const { field, name } of changes) {
		if (field !== 'history' || name === null) continue;
		const written = asWritten(name);
		counts.set(written, (counts.get(written) ?? 0) + 1);
	}
	return (step) => {
		const written = asWritten(step);
		return (counts.get(written) ?? 0) > 1 ? step : written;
	};
}

/** A value of a step, which may end in how often it is there, with the step as it is shown. */
export function stepValue(value: string, name: string, textOf: StepText): string {
	return value.startsWith(name) ? textOf(name) + value.slice(name.length) : textOf(value);
}

function asWritten(step: string): string {
	return step.length > LONGEST_STEP ? step : instructionOf(step);
}
