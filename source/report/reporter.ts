import type { Analysis } from '../analysis/analysis.ts';
import type { FileTree } from '../filetree/file-tree.ts';
import type { ImageDescription } from '../image/image.ts';
import type { Paint } from '../text/paint.ts';
import type { Notice, Warning } from '../warning.ts';
import type { ByteSink } from './byte-stream.ts';

/** One image with everything worked out. */
export interface ReportInput {
	readonly image: {
		/** The image as the user named it. */
		readonly reference: string;
		/** What it was read from, such as `docker-archive`. */
		readonly sourceKind: string;
		/** The engine or registry that it was found in; null for files. */
		readonly foundIn: string | null;
		readonly description: ImageDescription;
		/** Whether each layer has the diff ID that the config names; null where it was not checked. */
		readonly diffIdMatches: readonly (boolean | null)[];
		readonly warnings: readonly Warning[];
		readonly notices: readonly Notice[];
	};
	readonly tree: FileTree;
	readonly analysis: Analysis;
}

export interface ReportOptions {
	/** Version of the program that writes the report. */
	readonly version: string;
	/** Columns of the terminal; null where lines may be as long as they need. */
	readonly width: number | null;
	readonly paint: Paint;
}

/** One format of the report. Adding one is a file with one of these and a line in the list. */
export interface Reporter<Format extends string = string> {
	readonly format: Format;
	/** Writes the report from its beginning to its end. Throws what the sink throws. */
	readonly write: (input: ReportInput, sink: ByteSink, options: ReportOptions) => Promise<void>;
}
