import type { FileDiff, FilePart, FileType, Refused } from '../../effects/file-requests.ts';
import type { TextInput } from '../../prompt/text-input.ts';
import type { Subject } from '../../subject.ts';
import type { FilePlace } from '../../views/view.ts';
import type { DiffRow } from './rows/diff-rows.ts';
import type { Position } from './rows/pages.ts';
import type { TextRows } from './rows/text-rows.ts';
import type { FileVersion } from './versions.ts';

/** How much of a file is in memory at once, bytes. */
export const PART_BYTES = 512 * 1024;

/** One file, as one of its versions. */
export interface FileState {
	readonly node: number;
	readonly versions: readonly FileVersion[];
	/** Which of the versions is shown. */
	readonly version: number;
	readonly content: FileContent;
	/** What is being read; null while nothing is. */
	readonly reading: Reading | null;
	/** The first line of the page. */
	readonly position: Position;
	/** How many cells are left out at the left. */
	readonly left: number;
	readonly isWrapped: boolean;
	/** Whether bytes are shown as hexadecimal digits; null: as the content is. */
	readonly isHex: boolean | null;
	/** Whether values that look secret are shown. */
	readonly isRevealed: boolean;
	/** The text that is searched for, empty for none. */
	readonly wanted: string;
	/** The text that is typed; null while none is. */
	readonly typed: TextInput | null;
	/** The match that `n` found last, bytes from the start of the part; null for none. */
	readonly match: number | null;
	/** What differs from the version before; null while the content is shown. */
	readonly diff: ShownDiff | null;
}

export type FileContent =
	| { readonly kind: 'waiting' }
	| Refused
	/** A symlink, a device or a fifo. */
	| { readonly kind: 'none' }
	| LoadedContent;

export interface LoadedContent {
	readonly kind: 'loaded';
	readonly part: FilePart;
	readonly type: FileType;
	readonly rows: TextRows;
	/** The parts that have a meaning in the language: start, end and style of each; empty as long as they are not known. */
	readonly runs: Uint32Array;
}

/** A part that was asked for, and where the user goes in it. */
export interface Reading {
	readonly start: number;
	readonly target: ReadingTarget;
}

export type ReadingTarget =
	/** A byte of the file, and what is said there. */
	| { readonly kind: 'offset'; readonly offset: number; readonly message?: string }
	| { readonly kind: 'end' }
	/** `from`: the byte of the file at the top of the page from which is searched. */
	| { readonly kind: 'match'; readonly direction: 1 | -1; readonly from: number };

export type ShownDiff =
	| { readonly kind: 'waiting' }
	| Refused
	| { readonly kind: 'compared'; readonly diff: FileDiff; readonly rows: readonly DiffRow[] };

/** The file before anything of it is read. */
export function initialFile(
	node: number,
	{ versions, version }: Pick<FileState, 'versions' | 'version'>,
): FileState {
	return {
		node,
		versions,
		version,
		content: { kind: 'waiting' },
		reading: null,
		position: { row: 0, line: 0 },
		left: 0,
		isWrapped: false,
		isHex: null,
		isRevealed: false,
		wanted: '',
		typed: null,
		match: null,
		diff: null,
	};
}

export function placeOf({ node, versions, version }: FileState): FilePlace {
	return { node, layer: versions[version].layer };
}

/** Whether the image that it is of has changed since, so that it is to be opened again; two images are opened by a command. */
export function canOpenAgain({
	state,
	subject,
}: {
	readonly state: FileState;
	readonly subject: Pick<Subject, 'kind'>;
}): boolean {
	const shown = state.diff ?? state.content;
	return shown.kind === 'refused' && shown.isChanged === true && subject.kind === 'image';
}

/** Whether the page shows hexadecimal digits. */
export function showsHex({ isHex, content, diff }: FileState): boolean {
	if (diff !== null || content.kind !== 'loaded') return false;
	return isHex ?? !content.type.isText;
}
