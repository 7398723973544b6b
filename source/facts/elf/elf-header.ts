/** A program header: a part of the file, and where it lies in memory. */
export interface ElfSegment {
	/** `PT_LOAD` is 1, `PT_DYNAMIC` 2, `PT_INTERP` 3, `PT_NOTE` 4. */
	readonly type: number;
	/** Executable is 1, writable 2, readable 4. */
	readonly flags: number;
	/** Position in the file, and bytes there: both as the header says, which may be beyond the end of the file. */
	readonly from: number;
	readonly bytes: number;
	readonly address: number;
}

/** What the beginning of an ELF file says of the rest. */
export interface ElfHeader {
	readonly is64: boolean;
	readonly isLittleEndian: boolean;
	/** Relocatable is 1, executable 2, shared object (or position-independent executable) 3, core 4. */
	readonly type: number;
	/** What it is for, such as 62 for x86-64. */
	readonly machine: number;
	readonly segments: readonly ElfSegment[];
	/** Where the section headers lie, which is at the end as a rule; none are there if the count is 0. */
	readonly sections: {
		readonly from: number;
		readonly count: number;
		readonly entryBytes: number;
		/** The section that has the names of all. */
		readonly names: number;
	};
}

/** Linkers put the program headers into the first bytes of a file, well before this size. */
export const elfStartBytes = 64 * 1024;

/** Programs have about a dozen. */
const MOST_SEGMENTS = 128;

export const elfType = { relocatable: 1, executable: 2, sharedObject: 3, core: 4 } as const;
export const segmentType = { load: 1, dynamic: 2, interpreter: 3, note: 4 } as const;
export const segmentFlag = { executable: 1, writable: 2 } as const;

const MAGIC = 0x7f454c46;
const SMALLEST_HEADER = 52;

/** The positions of fields in the header, in a program header, and how long that one is (ELF-64 Object File Format, figures 2 and 6). */
const layout64 = {
	bytes: 64,
	phoff: 32,
	shoff: 40,
	counts: 54,
	offset: 8,
	address: 16,
	size: 32,
	flags: 4,
	entry: 56,
};
const layout32 = {
	bytes: 52,
	phoff: 28,
	shoff: 32,
	counts: 42,
	offset: 4,
	address: 8,
	size: 16,
	flags: 24,
	entry: 32,
};

/**
 * Reads the header and the program headers from the first bytes of a file. Gives 'more' where they need more than what is there, and null
 * where it is no ELF file, or one that no linker writes.
 */
export function parseElfHeader(start: Uint8Array): ElfHeader | 'more' | null {
	if (start.length < 4) return 'more';
	const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
	if (view.getUint32(0) !== MAGIC) return null;
	if (start.length < SMALLEST_HEADER) return 'more';
	const [is64, isLittleEndian] = [start[4] === 2, start[5] === 1];
	if ((!is64 && start[4] !== 1) || (!isLittleEndian && start[5] !== 2)) return null;
	const layout = is64 ? layout64 : layout32;
	if (start.length < layout.bytes) return 'more';
	const read = new ElfFields(view, is64, isLittleEndian);
	const [segmentsFrom, segmentCount] = [read.word(layout.phoff), read.half(layout.counts + 2)];
	if (segmentCount > MOST_SEGMENTS) return null;
	if (segmentCount > 0 && read.half(layout.counts) !== layout.entry) return null;
	const segmentsEnd = segmentsFrom + segmentCount * layout.entry;
	if (segmentsEnd > elfStartBytes) return null;
	if (segmentsEnd > start.length) return 'more';
	const segments = Array.from({ length: segmentCount }, (_, index) =>
		readSegment(read, segmentsFrom + index * layout.entry, layout),
	);
	const sections = {
		from: read.word(layout.shoff),
		entryBytes: read.half(layout.counts + 4),
		count: read.half(layout.counts + 6),
		names: read.half(layout.counts + 8),
	};
	return { is64, isLittleEndian, type: read.half(16), machine: read.half(18), segments, sections };
}

function readSegment(read: ElfFields, at: number, layout: typeof layout64): ElfSegment {
	return {
		type: read.int(at),
		flags: read.int(at + layout.flags),
		from: read.word(at + layout.offset),
		bytes: read.word(at + layout.size),
		address: read.word(at + layout.address),
	};
}

/** Fields in the byte order and word size of a file. */
export class ElfFields {
	readonly #view: DataView;
	readonly #is64: boolean;
	readonly #isLittle: boolean;

	constructor(view: DataView, is64: boolean, isLittleEndian: boolean) {
		this.#view = view;
		this.#is64 = is64;
		this.#isLittle = isLittleEndian;
	}

	half(at: number): number {
		return this.#view.getUint16(at, this.#isLittle);
	}

	int(at: number): number {
		return this.#view.getUint32(at, this.#isLittle);
	}

	/** An address, an offset or a size. One that no file can have is not exact. */
	word(at: number): number {
		return this.#is64 ? Number(this.#view.getBigUint64(at, this.#isLittle)) : this.int(at);
	}
}
