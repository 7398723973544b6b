import type { FileRange } from '../kept-ranges.ts';
import { ElfFields, type ElfHeader } from './elf-header.ts';

export interface ElfSection {
	/** Where its name begins in the table of names. */
	readonly nameAt: number;
	/** `SHT_PROGBITS` is 1: bytes that mean something to the program alone. */
	readonly type: number;
	/** Whether a running program has it in memory. */
	readonly isLoaded: boolean;
	/** The index of the section that it belongs with: of a symbol table, that of the names. */
	readonly link: number;
	/** Position in the file, and bytes there: both as the header says. */
	readonly from: number;
	readonly bytes: number;
}

export const sectionType = {
	program: 1,
	symbolTable: 2,
	relocations: [4, 9],
	dynamic: 6,
	noBytes: 8,
} as const;

const ALLOCATED = 2;

/** Where the section headers are in the file. The range is empty if the file has none. */
export function sectionHeadersOf({ is64, sections }: ElfHeader): FileRange {
	const isThere = sections.from > 0 && sections.entryBytes === headerBytes(is64);
	return { from: sections.from, bytes: isThere ? sections.count * sections.entryBytes : 0 };
}

/** Reads section headers, from as many bytes as are there: what is cut off is left out. */
export function parseElfSections(
	headers: Uint8Array,
	{ is64, isLittleEndian }: ElfHeader,
): readonly ElfSection[] {
	const view = new DataView(headers.buffer, headers.byteOffset, headers.byteLength);
	const read = new ElfFields(view, is64, isLittleEndian);
	const [from, bytes, link] = is64 ? [24, 32, 40] : [16, 20, 24];
	return Array.from({ length: Math.floor(headers.length / headerBytes(is64)) }, (_, index) => {
		const at = index * headerBytes(is64);
		return {
			nameAt: read.int(at),
			type: read.int(at + 4),
			isLoaded: (read.word(at + 8) & ALLOCATED) !== 0,
			from: read.word(at + from),
			bytes: read.word(at + bytes),
			link: read.int(at + link),
		};
	});
}

/** The bytes of one section header (ELF-64 Object File Format, figure 5). */
function headerBytes(is64: boolean): number {
	return is64 ? 64 : 40;
}
