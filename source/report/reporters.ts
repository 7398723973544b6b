import { jsonReporter } from './json/report.ts';
import { textReporter } from './text/report.ts';

/** Every format; the first is what `fathom report` writes when none is named. */
export const reporters = [jsonReporter, textReporter] as const;

export type ReportFormat = (typeof reporters)[number]['format'];
