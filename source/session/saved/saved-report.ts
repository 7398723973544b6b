import type { LayerRows } from './layer-rows.ts';
import type { SavedHead, SavedLayer, SavedPackage } from './report-schema.ts';
import type { SavedFindings } from './saved-findings.ts';

/** A JSON report, read back. */
export interface SavedReport {
	readonly head: SavedHead;
	/** Lowest first, as are their rows. */
	readonly layers: readonly SavedLayer[];
	readonly rows: readonly LayerRows[];
	/** Null where the report does not have them. */
	readonly packages: readonly SavedPackage[] | null;
	/** Whether any path has extended attributes. */
	readonly hasAttributes: boolean;
	/** Null where the report has none. */
	readonly findings: SavedFindings | null;
}
