import type { LayerEntry } from '../../../filetree/links.ts';
import type { OwnerNames } from '../../../filetree/words/owner-names.ts';
import type { Subject } from '../subject.ts';
import type { ExportedTable } from './exported-table.ts';

/** A version of a file that somebody outside the model reads. */
export interface AskedFile {
	/** As `pathOf` writes it: rules for secrets and the language go by the name. */
	readonly path: string;
	/** The entry that has the content; null for an empty file. */
	readonly content: LayerEntry | null;
	readonly totalBytes: number;
	/** Whether values that look secret are given as they are; else asterisks are in their place. */
	readonly isRevealed: boolean;
}

/** What could not be had, and why: in plain words, not yet escaped for a terminal. */
export interface Refused {
	readonly kind: 'refused';
	readonly reason: string;
	/** Whether the image is not any more what was opened, so that nothing helps but to open it again. */
	readonly isChanged?: true;
}

/** A part of a file. */
export interface FilePart {
	readonly kind: 'read';
	/** Bytes from the start of the file. */
	readonly start: number;
	readonly bytes: Uint8Array;
	/** The same as text in UTF-8. */
	readonly text: Uint8Array;
	/** Of text in UTF-16, where it begins in the bytes; null for any other, whose text is the bytes themselves. */
	readonly utf16Start: number | null;
	/** Line breaks before the part. */
	readonly linesBefore: number;
	/** What the start of the file tells; null for the type of a part that is not the start. */
	readonly type: FileType | null;
	/** How many values in the part are masked. */
	readonly masked: number;
}

export interface FileType {
	/** In plain words: "PNG image". */
	readonly name: string;
	readonly isText: boolean;
}

export type LineMark = ' ' | '-' | '+' | '@';

/** A line of a unified diff. */
export interface DiffLine {
	readonly mark: LineMark;
	/** Not yet escaped for a terminal. Of a hunk its ranges. */
	readonly text: string;
	/** 1-based; null where the version does not have it. */
	readonly oldLine: number | null;
	readonly newLine: number | null;
}

export interface FileDiff {
	readonly kind: 'compared';
	readonly lines: readonly DiffLine[];
	/** Why there are no lines, or not all; null where they are all there. */
	readonly remark: string | null;
}

/** What the screens on one file ask for. */
export interface FileRequests {
	/** A part of the content. The answer may have fewer bytes than asked for at the end of the file. */
	readonly 'read-file': {
		readonly ask: AskedFile & { readonly start: number; readonly length: number };
		readonly answer: FilePart | Refused;
	};
	/** What differs between two versions. */
	readonly 'compare-file': {
		readonly ask: { readonly older: AskedFile; readonly newer: AskedFile };
		readonly answer: FileDiff | Refused;
	};
	/** The parts of a text that have a meaning in its language: start and end in bytes, and position in `syntaxStyles`. Empty where none is known. */
	readonly 'colour-text': {
		readonly ask: { readonly path: string; readonly bytes: Uint8Array };
		readonly answer: { readonly runs: Uint32Array };
	};
	/** The SHA-256 of the content, in hexadecimal digits. */
	readonly 'digest-file': {
		readonly ask: AskedFile;
		readonly answer: { readonly kind: 'known'; readonly sha256: string } | Refused;
	};
	/** The names that the image has for owners. */
	readonly 'read-owners': {
		readonly ask: Readonly<Record<string, never>>;
		readonly answer: { readonly kind: 'known'; readonly names: OwnerNames } | Refused;
	};
	/** Where a symlink leads inside the image. */
	readonly 'follow-link': {
		readonly ask: { readonly path: string; readonly layer: number };
		readonly answer: { readonly kind: 'found'; readonly node: number } | Refused;
	};
	/** Writes a file or folder as a layer, 0-based, left it below a folder of the host. `exists`: something is there already. */
	readonly 'extract-file': {
		readonly ask: {
			readonly node: number;
			readonly layer: number;
			readonly folder: string;
			readonly replaces: boolean;
		};
		readonly answer: { readonly kind: 'done' | 'exists' | 'refused'; readonly message: string };
	};
	/** Writes a view to a file of the host. `exists`: something is there already. */
	readonly 'export-view': {
		readonly ask: {
			/** Its ending says how it is written. */
			readonly file: string;
			readonly replaces: boolean;
			readonly table: ExportedTable;
			/** What it is a view of. */
			readonly subject: Subject;
		};
		readonly answer: { readonly kind: 'done' | 'exists' | 'refused'; readonly message: string };
	};
	/** Shows the content in the user's pager, which has the terminal meanwhile. */
	readonly 'page-file': {
		readonly ask: AskedFile;
		readonly answer: { readonly kind: 'paged' } | Refused;
	};
}
