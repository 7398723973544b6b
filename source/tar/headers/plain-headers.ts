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

/** Entries in the columns of a changeset; the strings of both columns begin at 0. The views are valid until the next call. */
export type EntryRows = Pick<
	Changeset,
	'count' | 'paths' | 'kinds' | 'sizes' | 'modes' | 'uids' | 'gids' | 'mtimes' | 'targets' | 'positions'
>;

/** The part of the window to scan, and its position in the tar. */
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
/** Readers to hold for the next layers. Each takes 320 KiB. */
const MOST_IDLE = 2;
const idle: PlainHeaders[] = [];

/**
 * Reads plain tar headers in WebAssembly: those of files, directories and links without extension headers, with octal numbers and without
 * whiteouts. Most headers are plain, and take a tenth of the time that `EntryDecoder` needs, which reads all others.
 */
export class PlainHeaders {
	/** The buffer for the bytes to scan. */
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

	/** Reads headers as long as they are plain; returns the position of the first that is not. */
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

/** A reader for one tar at a time, or null where WebAssembly with SIMD is not available. */
export function takePlainHeaders(): PlainHeaders | null {
	const used = idle.pop();
	if (used) return used;
	const program = loader.instantiate();
	return program === null ? null : new PlainHeaders(program);
}

/** Returns a reader that is no longer needed. */
export function giveBackPlainHeaders(headers: PlainHeaders): void {
	headers.take();
	if (idle.length < MOST_IDLE) idle.push(headers);
}
