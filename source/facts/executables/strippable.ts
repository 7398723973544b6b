import type { ElfHeader } from '../elf/elf-header.ts';
import { type ElfSection, sectionType } from '../elf/elf-sections.ts';

/** What `strip` takes away, bytes. */
export interface Strippable {
	readonly debugBytes: number;
	readonly symbolBytes: number;
}

const DEBUG = /^\.z?debug_|^\.gdb_index$|^\.stab(?:str)?$/;

/** What sections hold that no running program needs. `nameOf` returns null for a name that is not known; such a section does not count. */
export function strippableBytes(
	sections: readonly ElfSection[],
	nameOf: (section: ElfSection) => string | null,
): Strippable {
	const ownBytes = ({ type, isLoaded, bytes }: ElfSection) =>
		type === sectionType.noBytes || isLoaded ? 0 : bytes;
	// A linker that was told to leave its relocations leaves the symbols that they are about, and so does `strip`.
	const kept = new Set(sections.filter(isRelocation).map(({ link }) => sections[link]));
	const tables = sections.filter(
		(section) => section.type === sectionType.symbolTable && !section.isLoaded && !kept.has(section),
	);
	const debug = sections.filter((section) => DEBUG.test(nameOf(section) ?? ''));
	const names = new Set(tables.flatMap(({ link }) => sections[link] ?? []));
	return { debugBytes: sum(debug.map(ownBytes)), symbolBytes: sum([...tables, ...names].map(ownBytes)) };
}

function isRelocation({ type, isLoaded }: ElfSection): boolean {
	return !isLoaded && sectionType.relocations.some((relocation) => relocation === type);
}

/** Where the last thing ends that headers know of. */
export function endOfKnown(
	{ segments, sections: { from, count, entryBytes } }: ElfHeader,
	sections: readonly ElfSection[],
): number {
	const ends = [
		...segments.map((segment) => segment.from + segment.bytes),
		...sections.map((section) => (section.type === sectionType.noBytes ? 0 : section.from + section.bytes)),
	];
	return ends.reduce((last, end) => Math.max(last, end), from + count * entryBytes);
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}
