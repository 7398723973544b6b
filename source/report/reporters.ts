import { jsonReporter } from './json/report.ts';
import { textReporter } from './text/report.ts';

/** Every format. `fathom report` writes the first one by default. */
export const reporters = [jsonReporter, textReporter] as const;

export type ReportFormat = (typeof reporters)[number]['format'];
