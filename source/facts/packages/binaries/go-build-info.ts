import type { ElfHeader } from '../../elf/elf-header.ts';
import { isProgramData, ProgramMemory } from '../../elf/program-memory.ts';
import { FactError } from '../../fact-reader.ts';
import type { KeptRanges } from '../../kept-ranges.ts';

/** What Go's linker writes into a program. */
export interface GoBuildInfo {
	/** As `go1.26.1`. */
	readonly goVersion: string;
	/** The lines that `go version -m` prints; empty for a program that was built without modules. */
	readonly modules: string;
}

const MAGIC = Buffer.from('\xff Go buildinf:', 'latin1');
const ALIGNMENT = 16;
const HEADER_BYTES = 32;
const LONGEST_VERSION = 1000;
const LONGEST_MODULES = 1024 * 1024;
/** A program that looks for the magic has it among its own data too. */
const MOST_TRIES = 1000;
/** The information is near the start of the data, or a few megabytes into it where another linker arranged that. */
export const MOST_DATA_BYTES = 32 * 1024 * 1024;
/** The modules stand between two marks (Go, cmd/go/internal/modload, `infoStart` and `infoEnd`). */
const MARK_BYTES = 16;

/** Finds the build information in the kept bytes of a program, as Go's debug/buildinfo does. Returns null for a program without it. Throws `FactError`. */
export function findGoBuildInfo(header: ElfHeader, kept: KeptRanges): GoBuildInfo | null {
	const memory = new ProgramMemory(header, kept);
	let [tries, bytesLeft] = [0, MOST_DATA_BYTES];
	for (const { address, bytes } of header.segments.filter(isProgramData)) {
		const data = memory.read(address, Math.min(bytes, bytesLeft));
		bytesLeft -= data.length;
		let at = data.indexOf(MAGIC);
		while (at >= 0 && tries++ < MOST_TRIES) {
			const isAligned = (address + at) % ALIGNMENT === 0;
			const info = isAligned ? readBuildInfo(memory, address + at) : null;
			if (info) return info;
			at = data.indexOf(MAGIC, at + MAGIC.length);
		}
	}
	return null;
}

/** Pointer size and flags follow the magic; the strings follow the header, or before Go 1.18 it points at them. */
function readBuildInfo(memory: ProgramMemory, address: number): GoBuildInfo | null {
	const header = memory.read(address, HEADER_BYTES);
	if (header.length < HEADER_BYTES) return null;
	const isInline = (header[15] & 2) !== 0;
	return isInline
		? inlineInfo(memory, address + HEADER_BYTES)
		: pointedInfo(memory, header.subarray(16), header[14]);
}

function inlineInfo(memory: ProgramMemory, address: number): GoBuildInfo | null {
	const version = inlineString(memory, address);
	if (version.bytes > LONGEST_VERSION) return null;
	const goVersion = version.read().toString('utf8');
	if (!isGoVersion(goVersion)) return null;
	const modules = inlineString(memory, version.end);
	if (modules.bytes > LONGEST_MODULES)
		throw new FactError(`its Go build information is longer than ${LONGEST_MODULES} bytes`);
	const content = modules.read();
	if (content.length < modules.bytes) throw new FactError('its Go build information is cut off');
	return { goVersion, modules: withoutMarks(content) };
}

/** A string has its length before it, as a number of seven bits a byte. */
function inlineString(memory: ProgramMemory, address: number) {
	let [bytes, digits] = [0, 0];
	for (const byte of memory.read(address, 10)) {
		bytes += (byte & 0x7f) * 2 ** (7 * digits++);
		if (byte < 0x80) break;
	}
	const from = address + digits;
	return { bytes, read: () => memory.read(from, bytes), end: from + bytes };
}

/** A pointer leads to a Go string in memory, which is a pointer to its bytes and their count. */
function pointedInfo(memory: ProgramMemory, pointers: Buffer, pointerBytes: number): GoBuildInfo | null {
	if (pointerBytes !== memory.pointerBytes) return null;
	const version = pointedString(memory, memory.pointerIn(pointers, 0), LONGEST_VERSION);
	const goVersion = version.toString('utf8');
	if (!isGoVersion(goVersion)) return null;
	const modules = pointedString(memory, memory.pointerIn(pointers, pointerBytes), LONGEST_MODULES);
	return { goVersion, modules: withoutMarks(modules) };
}

function pointedString(memory: ProgramMemory, address: number, longest: number): Buffer {
	const { pointerBytes } = memory;
	const header = memory.read(address, 2 * pointerBytes);
	const bytes = header.length < 2 * pointerBytes ? 0 : memory.pointerIn(header, pointerBytes);
	if (bytes === 0 || bytes > longest) return Buffer.alloc(0);
	const content = memory.read(memory.pointerIn(header, 0), bytes);
	return content.length === bytes ? content : Buffer.alloc(0);
}

/** Releases are `go1.26.1`, others `devel go1.27-...`. */
function isGoVersion(text: string): boolean {
	return text.startsWith('go') || text.startsWith('devel ');
}

function withoutMarks(modules: Buffer): string {
	const end = modules.length - MARK_BYTES;
	const isMarked = end > MARK_BYTES && modules[end - 1] === 0x0a;
	return isMarked ? modules.toString('utf8', MARK_BYTES, end) : '';
}
