import { jsonDifferenceReporter } from './json/report.ts';
import { markdownDifferenceReporter } from './markdown/report.ts';
import { textDifferenceReporter } from './text/report.ts';

/** Every format of a difference. `fathom diff` writes the first one by default. */
export const differenceReporters = [
	textDifferenceReporter,
	jsonDifferenceReporter,
	markdownDifferenceReporter,
] as const;
