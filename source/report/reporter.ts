import type { Analysis } from '../analysis/analysis.ts';
import type { FileTree } from '../filetree/file-tree.ts';
import type { ImageDescription } from '../image/image.ts';
import type { Paint } from '../text/paint.ts';
import type { Notice, Warning } from '../warning.ts';
import type { ByteSink } from './byte-stream.ts';

/** One image with all its figures. */
export interface ReportInput {
	readonly image: {
		/** The image as the user named it. */
		readonly reference: string;
		/** The kind of source that it was read from, such as `docker-archive`. */
		readonly sourceKind: string;
		/** The engine or registry that holds it, in words; null for a file. */
		readonly foundIn: string | null;
		readonly description: ImageDescription;
		/** Whether each layer has the diff ID that the config names; null for a layer that was not checked. */
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
	/** Columns of the terminal; null when lines may be of any length. */
	readonly width: number | null;
	readonly paint: Paint;
}

/** One format of the report. To add one, add a file with a reporter and a line in the list. */
export interface Reporter<Format extends string = string> {
	readonly format: Format;
	/** Writes the whole report. Throws what the sink throws. */
	readonly write: (input: ReportInput, sink: ByteSink, options: ReportOptions) => Promise<void>;
}
