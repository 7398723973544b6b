import { formatCount } from '../../../text/bytes.ts';
import type { TableLayout } from '../../../text/table.ts';
import type { ReportSection } from '../../sections.ts';

export interface ContentLayout extends TableLayout {
	/** Rows of a table. */
	readonly mostRows: number;
}

const ROWS_AMONG_OTHERS = 20;
const ROWS_ALONE = 100;

/** A part that was asked for alone has more rows. */
export function mostRowsOf(sections: ReadonlySet<ReportSection>): number {
	return sections.size === 1 ? ROWS_ALONE : ROWS_AMONG_OTHERS;
}

/** Says how many rows are not there. */
export function moreRows(hidden: number, { paint }: TableLayout): string[] {
	return hidden > 0
		? [paint('faint', `  and ${formatCount(hidden)} more; the JSON report lists all of them`)]
		: [];
}
