import { FactError, type FactSink, type LayerFile } from '../fact-reader.ts';
import { type FileRange, KeptRanges, withinFile } from '../kept-ranges.ts';
import { type ElfHeader, elfStartBytes, elfType, parseElfHeader, segmentType } from './elf-header.ts';

export interface ElfParts<Fact> {
	/**
	 * Which parts of the file are to be kept; they are cut at its end. Together they must not be more than may be held. `start` is what was
	 * there when the program headers were complete. Null where the file is not wanted after all.
	 */
	readonly ranges: (header: ElfHeader, start: Uint8Array) => readonly FileRange[] | null;
	/** Gets what was kept, once all parts are there or the file has ended. */
	readonly parse: (header: ElfHeader, kept: KeptRanges) => Fact | null;
	/** Whether an ELF file that ends before its program headers do is refused: one reader of several does. */
	readonly refusesCutHeaders: boolean;
}

/** A smaller file is no program that a linker wrote. */
const SMALLEST = 1024;
const GO_NOTE = Buffer.from('Go\0\0');
const LIBRARY = /\.so(?:\.\d+)*$/;
const LETTER_O = 0x6f;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;

/** Whether a file may be a program or a shared library of a linker: it can be run, or has such a name. */
export function mayBeElf(file: LayerFile): boolean {
	return file.bytes >= SMALLEST && mayBeRun(file);
}

/** Whether a file can be run, or has the name of a shared library. */
export function mayBeRun({ mode, path }: LayerFile): boolean {
	return (mode & 0o111) !== 0 || isLibrary(path);
}

/** Looks at the last character first, as most files of an image have another. */
function isLibrary(path: string): boolean {
	const last = path.charCodeAt(path.length - 1);
	return (last === LETTER_O || (last >= DIGIT_0 && last <= DIGIT_9)) && LIBRARY.test(path);
}

/** Keeps parts of an executable or a shared library, which its program headers tell. Any other file is let go at its first bytes. */
export function gatherElfParts<Fact>(file: LayerFile, parts: ElfParts<Fact>): FactSink<Fact> {
	return new ElfGathering(file, parts);
}

/** Whether a note at the start says that Go built it. Such a note can be left out. */
export function hasGoNote({ segments }: ElfHeader, start: Uint8Array): boolean {
	return segments.some(
		({ type, from, bytes }) =>
			type === segmentType.note && Buffer.from(start.subarray(from, from + bytes)).includes(GO_NOTE),
	);
}

class ElfGathering<Fact> implements FactSink<Fact> {
	isDone = false;
	readonly #file: LayerFile;
	readonly #parts: ElfParts<Fact>;
	/** The first bytes, while the program headers are not complete. */
	#start: Uint8Array = new Uint8Array();
	#found: { readonly header: ElfHeader; readonly kept: KeptRanges } | null = null;
	#position = 0;

	constructor(file: LayerFile, parts: ElfParts<Fact>) {
		this.#file = file;
		this.#parts = parts;
	}

	get wantsFrom(): number {
		const wanted = this.#found?.kept.wantsFrom ?? 0;
		return Math.min(Math.max(wanted, this.#position), this.#file.bytes);
	}

	write(piece: Uint8Array): void {
		if (this.isDone) return;
		if (this.#found) this.#found.kept.write(piece, this.#position);
		else this.#lookAtStart(piece);
		this.#pass(piece.length);
	}

	skip(bytes: number): void {
		this.#pass(bytes);
	}

	end(): Fact | null {
		if (this.#found) return this.#parts.parse(this.#found.header, this.#found.kept);
		if (this.#start.length > 0 && this.#parts.refusesCutHeaders)
			throw new FactError('it ends within its program headers');
		return null;
	}

	#lookAtStart(piece: Uint8Array): void {
		const start = this.#start.length === 0 ? piece : Buffer.concat([this.#start, piece]);
		const header = parseElfHeader(start);
		if (header === 'more') this.#start = new Uint8Array(start.subarray(0, elfStartBytes));
		else this.#plan(header, start);
	}

	#plan(header: ElfHeader | null, start: Uint8Array): void {
		this.#start = new Uint8Array();
		const ranges = header && isLinked(header) ? this.#parts.ranges(header, start) : null;
		if (header === null || ranges === null) {
			this.isDone = true;
			return;
		}
		const kept = new KeptRanges(withinFile(ranges, this.#file.bytes));
		kept.write(start, 0);
		this.#found = { header, kept };
	}

	#pass(bytes: number): void {
		this.#position += bytes;
		if (this.#found?.kept.wantsFrom === Number.POSITIVE_INFINITY) this.isDone = true;
	}
}

function isLinked({ type }: ElfHeader): boolean {
	return type === elfType.executable || type === elfType.sharedObject;
}
