import type { Changeset } from '../changeset.ts';
import { ProgramLoader } from '../webassembly.ts';
import { headersProgram } from './headers-program.ts';

/** A number that a program exports. */
interface Constant {
	readonly value: number;
}

/** What assembly/headers/index.ts exports. */
interface Program extends Readonly<Record<ColumnName | 'window' | 'windowBytes' | 'mostRows', Constant>> {
	readonly memory: { readonly buffer: ArrayBuffer };
	rows(): number;
	isFull(): number;
	clear(): void;
	scan(from: number, to: number, position: number, limit: number): number;
}

type ColumnName =
	| 'positions'
	| 'sizes'
	| 'mtimes'
	| 'uids'
	| 'gids'
	| 'modes'
	| 'kinds'
	| 'pathEnds'
	| 'paths'
	| 'targetEnds'
	| 'targets';

/** Entries in the columns of a changeset; the strings of both columns begin at 0. Views that do not outlive the next call. */
export type EntryRows = Pick<
	Changeset,
	'count' | 'paths' | 'kinds' | 'sizes' | 'modes' | 'uids' | 'gids' | 'mtimes' | 'targets' | 'positions'
>;

/** What a scan was given: part of the window, and where that stands in the tar. */
export interface HeaderBytes {
	/** Offsets in the window. */
	readonly from: number;
	readonly to: number;
	/** Position of the first header, bytes from the start of the tar. */
	readonly position: number;
	/** Where the tar ends. */
	readonly limit: number;
}

const loader = new ProgramLoader<Program>(headersProgram);
/** So many are kept for the next layers. Each takes 320 KiB. */
const MOST_KEPT = 2;
const kept: PlainHeaders[] = [];

/**
 * Reads plain tar headers in WebAssembly: those of files, folders and links that say all by themselves, in octal digits, with paths that
 * are no markers. Most headers are, and so are read in a tenth of the time that `EntryDecoder` takes, which is for all others.
 */
export class PlainHeaders {
	/** Where the bytes go that are scanned. */
	readonly window: Buffer;
	readonly #program: Program;
	readonly #rows: EntryRows;

	constructor(program: Program) {
		const { buffer } = program.memory;
		const rows = program.mostRows.value;
		const at = (column: ColumnName): [ArrayBuffer, number] => [buffer, program[column].value];
		this.#program = program;
		this.window = Buffer.from(buffer, program.window.value, program.windowBytes.value);
		this.#rows = {
			count: rows,
			paths: { bytes: new Uint8Array(...at('paths')), ends: new Uint32Array(...at('pathEnds'), rows) },
			kinds: new Uint8Array(...at('kinds'), rows),
			sizes: new Float64Array(...at('sizes'), rows),
			modes: new Uint16Array(...at('modes'), rows),
			uids: new Uint32Array(...at('uids'), rows),
			gids: new Uint32Array(...at('gids'), rows),
			mtimes: new Float64Array(...at('mtimes'), rows),
			targets: { bytes: new Uint8Array(...at('targets')), ends: new Uint32Array(...at('targetEnds'), rows) },
			positions: new Float64Array(...at('positions'), rows),
		};
	}

	/** Reads headers as long as they are plain; gives the position of the one that it stopped at. */
	scan({ from, to, position, limit }: HeaderBytes): number {
		return this.#program.scan(from, to, position, limit);
	}

	/** Whether there is no room for another row. */
	get isFull(): boolean {
		return this.#program.isFull() !== 0;
	}

	/** The rows since this was last called. */
	take(): EntryRows {
		const rows = { ...this.#rows, count: this.#program.rows() };
		this.#program.clear();
		return rows;
	}
}

/** A reader for one tar alone, or null where no WebAssembly with 128-bit values is to be had. */
export function takePlainHeaders(): PlainHeaders | null {
	const used = kept.pop();
	if (used) return used;
	const program = loader.instantiate();
	return program === null ? null : new PlainHeaders(program);
}

/** For a reader that is not used any more. */
export function giveBackPlainHeaders(headers: PlainHeaders): void {
	headers.take();
	if (kept.length < MOST_KEPT) kept.push(headers);
}
