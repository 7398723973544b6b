import type { ElfHeader, ElfSegment } from '../../elf/elf-header.ts';
import { gatherElfParts, hasGoNote, mayBeElf } from '../../elf/elf-parts.ts';
import { isProgramConstants, isProgramData } from '../../elf/program-memory.ts';
import type { FactReader } from '../../fact-reader.ts';
import type { FileRange } from '../../kept-ranges.ts';
import type { PackageFact } from '../package-facts.ts';
import { findGoBuildInfo, MOST_DATA_BYTES } from './go-build-info.ts';
import { goModules } from './go-modules.ts';

/** Go before 1.18 has the strings in the read-only data; they are not found in what is beyond. */
const MOST_CONSTANT_BYTES = 64 * 1024 * 1024;

/**
 * The modules of programs and libraries that Go built, by the build information in them (Go, debug/buildinfo), in ELF files. Of a file
 * only its writable data is read; if a note says that Go built it, then its read-only data too, since before Go 1.18 the strings are there.
 */
export const goReader: FactReader<PackageFact> = {
	name: 'go',
	open: (file) =>
		mayBeElf(file)
			? gatherElfParts<PackageFact>(file, {
					ranges: partsOfInterest,
					parse: (header, kept) => {
						const info = findGoBuildInfo(header, kept);
						return info && { kind: 'packages', packages: goModules(info) };
					},
					refusesCutHeaders: false,
				})
			: null,
};

function partsOfInterest(header: ElfHeader, start: Uint8Array): readonly FileRange[] {
	const data = header.segments.filter(isProgramData);
	const constants = hasGoNote(header, start) ? header.segments.filter(isProgramConstants) : [];
	return [...upTo(constants, MOST_CONSTANT_BYTES), ...upTo(data, MOST_DATA_BYTES)];
}

/** The first of the segments, as far as they fit. */
function upTo(segments: readonly ElfSegment[], mostBytes: number): readonly FileRange[] {
	const ranges: FileRange[] = [];
	let left = mostBytes;
	for (const { from, bytes } of segments) {
		const taken = Math.min(bytes, left);
		if (taken > 0) ranges.push({ from, bytes: taken });
		left -= taken;
	}
	return ranges;
}
