import type { KeptRanges } from '../kept-ranges.ts';
import { ElfFields, type ElfHeader, type ElfSegment, segmentFlag, segmentType } from './elf-header.ts';

/** Segments that are loaded to be written: a program's variables. */
export function isProgramData({ type, flags }: ElfSegment): boolean {
	const { executable, writable } = segmentFlag;
	return type === segmentType.load && (flags & (executable | writable)) === writable;
}

/** Segments that are loaded to be read alone: a program's constants. */
export function isProgramConstants({ type, flags }: ElfSegment): boolean {
	return type === segmentType.load && (flags & (segmentFlag.executable | segmentFlag.writable)) === 0;
}

/** The memory of a program as it is when it starts, as far as its file was kept. */
export class ProgramMemory {
	readonly #header: ElfHeader;
	readonly #kept: KeptRanges;
	readonly #segments: readonly ElfSegment[];

	constructor(header: ElfHeader, kept: KeptRanges) {
		this.#header = header;
		this.#kept = kept;
		this.#segments = header.segments.filter(({ type }) => type === segmentType.load);
	}

	get pointerBytes(): 4 | 8 {
		return this.#header.is64 ? 8 : 4;
	}

	/** Up to `mostBytes` bytes at an address, from one segment. Fewer if the others were not kept; none if no segment has the address. */
	read(address: number, mostBytes: number): Buffer {
		for (const segment of this.#segments) {
			const at = address - segment.address;
			if (at < 0 || at >= segment.bytes) continue;
			const found = this.#kept.at(segment.from + at, Math.min(mostBytes, segment.bytes - at));
			return Buffer.from(found.buffer, found.byteOffset, found.byteLength);
		}
		return Buffer.alloc(0);
	}

	/** The address that stands in some bytes. */
	pointerIn(bytes: Uint8Array, at: number): number {
		const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		return new ElfFields(view, this.#header.is64, this.#header.isLittleEndian).word(at);
	}
}
