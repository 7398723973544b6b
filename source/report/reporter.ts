import type { AnswerName, Answers } from '../analysis/answers.ts';
import type { Copies } from '../analysis/copies/copies.ts';
import type { Figures } from '../analysis/figures.ts';
import type { AcceptedFindings, FindingsChoice, ImageFindings } from '../analysis/findings/image-findings.ts';
import type { DeletedFiles } from '../analysis/hidden/deleted-files.ts';
import type { SecretFiles } from '../analysis/hidden/secret-files.ts';
import type { Ledger } from '../analysis/ledger/ledger.ts';
import type { Packages } from '../analysis/packages/packages.ts';
import type { FileTree, LayerFiles } from '../filetree/file-tree.ts';
import type { ImageDescription } from '../image/image.ts';
import type { FactGroup } from '../tar/changeset.ts';
import type { Paint } from '../text/paint.ts';
import type { Notice, Warning } from '../warning.ts';
import type { ByteSink } from './byte-stream.ts';
import type { JsonVerdict } from './json/verdict-schema.ts';
import type { ReportSection } from './sections.ts';

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
	/** What is worked out of the contents of files. */
	readonly details: ReportDetails;
	/** Works out what is not there in any case. */
	ask<Name extends AnswerName>(names: readonly Name[], signal?: AbortSignal): Promise<Pick<Answers, Name>>;
}

interface Asking {
	readonly signal?: AbortSignal | undefined;
}

/** What takes reading contents, or a pass of its own. */
export interface ReportDetails {
	/** What is to be done about the image. */
	findings(choice: FindingsChoice, asking: Asking): Promise<ImageFindings>;
	/** Whose the live bytes are. */
	packages(asking: Asking): Promise<Packages>;
	/** What the final file system has more than once, from copies of so many bytes on. */
	copies(fromBytes: number, asking: Asking): Promise<Copies>;
	/** What nobody can see in the end and anybody can pull out. */
	deleted(asking: Asking): Promise<DeletedFiles>;
	/** The files that look secret. */
	secrets(asking: Asking): Promise<SecretFiles>;
	/** How the sizes hang together. */
	ledger(asking: Asking): Promise<Ledger>;
	/** What could not be made out of the contents, where facts of these groups were looked for. */
	warnings(groups: readonly FactGroup[], asking: Asking): Promise<readonly Warning[]>;
}

/** One image with answers. */
export interface ReportInput<Needs extends AnswerName = never>
	extends Pick<Reportable, 'image' | 'tree' | 'figures'> {
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
	/** Which parts of it are written; by default those that are known without the contents of files. */
	readonly sections?: ReadonlySet<ReportSection>;
	/** The smallest copies that are listed, bytes; 0 by default. */
	readonly copiesFromBytes?: number;
	/** The findings that the user lives with; none by default. */
	readonly accepted?: readonly AcceptedFindings[];
	/** Whether contents are read for the findings that need them; they are by default. */
	readonly findingsWithContents?: boolean;
	/** What the rules of the gate say, for a format that has a place for that. */
	readonly verdict?: JsonVerdict;
	/** The groups of facts that it needs: the report warns of what could not be read, as it does for its own parts. */
	readonly verdictContents?: readonly FactGroup[];
	/** Stops what takes long. */
	readonly signal?: AbortSignal;
}

/** One format of the report. Adding one is a file with one of these and a line in the list. */
export interface Reporter<Format extends string = string> {
	readonly format: Format;
	/** The answers that it asks for, so that they can be worked out ahead. */
	readonly needs: (sections: ReadonlySet<ReportSection>) => readonly AnswerName[];
	/** Asks for what it needs and writes the report from its beginning to its end. Throws what the sink throws. */
	readonly write: (image: Reportable, sink: ByteSink, options: ReportOptions) => Promise<void>;
}
