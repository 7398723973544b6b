import { type ElfHeader, segmentType } from '../../elf/elf-header.ts';
import { gatherElfParts, hasGoNote, mayBeElf } from '../../elf/elf-parts.ts';
import { type ElfSection, parseElfSections, sectionHeadersOf, sectionType } from '../../elf/elf-sections.ts';
import { FactError, type FactReader } from '../../fact-reader.ts';
import type { FileRange, KeptRanges } from '../../kept-ranges.ts';
import type { PackageFact } from '../package-facts.ts';
import { cargoPackages, looksLikeCrateList } from './crate-list.ts';

/** Debug information may be hundreds of megabytes. The list comes after it, and before the symbols. */
const MOST_TAIL_BYTES = 16 * 1024 * 1024;
/** Hardly any other section begins as the list does. */
const MOST_TRIES = 8;

/**
 * The crates of programs and libraries that cargo-auditable built, by the list in their section `.dep-v0` (cargo-auditable, PARSING.md), in
 * ELF files. The section is of no segment, so it lies between these and the section headers: the last 16 MB there are read. It is known by
 * its content, since a stream may have passed the names of the sections before it is known where they are.
 */
export const cargoReader: FactReader<PackageFact> = {
	name: 'cargo',
	open: (file) =>
		mayBeElf(file)
			? gatherElfParts<PackageFact>(file, {
					ranges: partsOfInterest,
					parse: findCrates,
					refusesCutHeaders: true,
				})
			: null,
};

function partsOfInterest(header: ElfHeader, start: Uint8Array): readonly FileRange[] | null {
	const headers = sectionHeadersOf(header);
	if (headers.bytes === 0 || hasGoNote(header, start)) return null;
	const loaded = header.segments.filter(({ type }) => type === segmentType.load);
	const tail = loaded
		.map(({ from, bytes }) => from + bytes)
		.filter((end) => end <= headers.from)
		.reduce((last, end) => Math.max(last, end), headers.from - MOST_TAIL_BYTES);
	const from = Math.max(0, tail);
	return [{ from, bytes: headers.from - from }, headers];
}

function findCrates(header: ElfHeader, kept: KeptRanges): PackageFact | null {
	const headers = sectionHeadersOf(header);
	const found = kept.at(headers.from, headers.bytes);
	if (found.length < headers.bytes) throw new FactError('it ends before its section headers do');
	const lists = parseElfSections(found, header)
		.map((section) => contentOf(section, kept))
		.filter(looksLikeCrateList);
	for (const list of lists.slice(0, MOST_TRIES)) {
		const packages = cargoPackages(list);
		if (packages) return { kind: 'packages', packages };
	}
	return null;
}

/** Empty where it was not kept as a whole. */
function contentOf({ type, from, bytes }: ElfSection, kept: KeptRanges): Uint8Array {
	const content = type === sectionType.program ? kept.at(from, bytes) : new Uint8Array();
	return content.length === bytes ? content : new Uint8Array();
}
