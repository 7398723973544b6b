import type { Steps } from '../../../../steps.ts';
import type { DetailRow } from './detail-rows.ts';

/** A list within details, of which only those rows are put together that are looked at: hostile items have hundreds of thousands. */
export interface RowList {
	/** How many things are listed. */
	readonly count: number;
	/** How many of them, from the first on, are known without being prepared. */
	readonly known: number;
	/** Finds out what the others are. */
	readonly prepare: () => Steps<void>;
	/** The lines of one of those that are known. */
	readonly rowsAt: (index: number) => readonly DetailRow[];
}

/** What details are made of. */
export type DetailPart = DetailRow | RowList;

export function isRowList(part: DetailPart): part is RowList {
	return 'rowsAt' in part;
}

/** A list of what is there already. */
export function knownList(count: number, rowsAt: RowList['rowsAt']): RowList {
	return { count, known: count, prepare: nothingToPrepare, rowsAt };
}

function* nothingToPrepare(): Steps<void> {}
