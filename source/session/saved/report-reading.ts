import type { EntryLimits } from '../../tar/entry-budget.ts';

export interface ReportReading {
	/** The report as the user named it. */
	readonly reference: string;
	/** What to call it in messages. */
	readonly label: string;
	/** How much the image may hold. */
	readonly limits: EntryLimits;
	readonly signal?: AbortSignal | undefined;
}
