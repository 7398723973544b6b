import { ElfFields, type ElfHeader, segmentType } from '../elf/elf-header.ts';
import { ProgramMemory } from '../elf/program-memory.ts';
import type { FileRange, KeptRanges } from '../kept-ranges.ts';

const MOST_DYNAMIC_BYTES = 64 * 1024;
const MOST_LIBRARIES = 256;
const LONGEST_NAME = 256;
/** Tags (System V ABI, "Dynamic Section"). */
const [END, NEEDED, STRINGS] = [0, 1, 5];

/** Where a file says which libraries it needs; null where it needs no loader. */
export function dynamicPartOf({ segments }: ElfHeader): FileRange | null {
	const dynamic = segments.find(({ type }) => type === segmentType.dynamic);
	return dynamic ? { from: dynamic.from, bytes: Math.min(dynamic.bytes, MOST_DYNAMIC_BYTES) } : null;
}

/** The libraries that a file needs; null where not all of their names were kept. */
export function neededLibraries(header: ElfHeader, kept: KeptRanges): readonly string[] | null {
	const part = dynamicPartOf(header);
	if (part === null) return [];
	const { offsets, strings } = readTags(header, kept.at(part.from, part.bytes));
	const memory = new ProgramMemory(header, kept);
	const names = offsets.map((offset) => stringIn(memory.read(strings + offset, LONGEST_NAME)));
	return names.every((name) => name !== null) ? names : null;
}

function readTags({ is64, isLittleEndian }: ElfHeader, content: Uint8Array) {
	const read = new ElfFields(
		new DataView(content.buffer, content.byteOffset, content.byteLength),
		is64,
		isLittleEndian,
	);
	const bytes = is64 ? 16 : 8;
	const offsets: number[] = [];
	let strings = 0;
	for (let at = 0; at + bytes <= content.length; at += bytes) {
		const [tag, value] = [read.word(at), read.word(at + bytes / 2)];
		if (tag === END) break;
		if (tag === STRINGS) strings = value;
		if (tag === NEEDED && offsets.length < MOST_LIBRARIES) offsets.push(value);
	}
	return { offsets, strings };
}

/** The text up to the first zero byte; null without one. */
export function stringIn(content: Uint8Array): string | null {
	const end = content.indexOf(0);
	return end === -1 ? null : Buffer.from(content.subarray(0, end)).toString('utf8');
}
