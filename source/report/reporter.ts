import type { AnswerName, Answers } from '../analysis/answers.ts';
import type { Figures } from '../analysis/figures.ts';
import type { FileTree, LayerFiles } from '../filetree/file-tree.ts';
import type { ImageDescription } from '../image/image.ts';
import type { Paint } from '../text/paint.ts';
import type { Notice, Warning } from '../warning.ts';
import type { ByteSink } from './byte-stream.ts';
import type { JsonVerdict } from './json/verdict-schema.ts';

/** One image, as a report needs it. */
export interface Reportable {
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
	readonly figures: Figures;
	readonly contents: {
		/** The SHA-256 of regular files: for each layer given, 32 bytes a file in the order of its entries. */
		digests(layers: readonly LayerFiles[], signal?: AbortSignal): Promise<readonly Uint8Array[]>;
	};
	/** Works out what is not there in any case. */
	ask<Name extends AnswerName>(names: readonly Name[], signal?: AbortSignal): Promise<Pick<Answers, Name>>;
}

/** One image with the answers that a format needs. */
export interface ReportInput<Needs extends AnswerName = never> extends Omit<Reportable, 'ask'> {
	readonly answers: Pick<Answers, Needs>;
}

export interface ReportOptions {
	/** Version of the program that writes the report. */
	readonly version: string;
	/** Columns of the terminal; null when lines may be of any length. */
	readonly width: number | null;
	readonly paint: Paint;
	/** Whether a CI system may read what is written: then nothing in it may be a command to one. */
	readonly isLog: boolean;
	/** Whether a format that lists changed files adds the SHA-256 of each. */
	readonly digests: boolean;
	/** What the rules of the gate say, for a format that has a place for that. */
	readonly verdict?: JsonVerdict;
	/** Stops what takes long. */
	readonly signal?: AbortSignal;
}

export interface FormatDefinition<Format extends string, Needs extends AnswerName> {
	readonly format: Format;
	/** What it shows beside the figures. */
	readonly needs: readonly Needs[];
	/** Writes the report from its beginning to its end. Throws what the sink throws. */
	readonly write: (input: ReportInput<Needs>, sink: ByteSink, options: ReportOptions) => Promise<void>;
}

/** One format of the report. Adding one is a file with one of these, made by `reporterOf`, and a line in the list. */
export interface Reporter<Format extends string = string> {
	readonly format: Format;
	readonly needs: readonly AnswerName[];
	/** Asks for what it needs and writes the report. Throws what the sink throws. */
	readonly write: (image: Reportable, sink: ByteSink, options: ReportOptions) => Promise<void>;
}

export function reporterOf<const Format extends string, Needs extends AnswerName>({
	format,
	needs,
	write,
}: FormatDefinition<Format, Needs>): Reporter<Format> {
	return {
		format,
		needs,
		write: async (reportable, sink, options) => {
			const { image, tree, figures, contents } = reportable;
			const answers = await reportable.ask(needs, options.signal);
			await write({ image, tree, figures, contents, answers }, sink, options);
		},
	};
}
