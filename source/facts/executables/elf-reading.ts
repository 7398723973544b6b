import { type ElfHeader, elfType, segmentFlag, segmentType } from '../elf/elf-header.ts';
import { hasGoNote } from '../elf/elf-parts.ts';
import { type ElfSection, parseElfSections, sectionHeadersOf, sectionType } from '../elf/elf-sections.ts';
import { FactError } from '../fact-reader.ts';
import { type FileRange, KeptRanges, withinFile } from '../kept-ranges.ts';
import type { ElfFact } from './executable-facts.ts';
import { dynamicPartOf, neededLibraries, stringIn } from './needed-libraries.ts';
import { SectionNames } from './section-names.ts';
import { endOfKnown, strippableBytes } from './strippable.ts';

/** Linkers write some dozens. What is beyond is not looked at. */
const MOST_SECTIONS = 4096;
const LONGEST_INTERPRETER = 4096;
/** The names of libraries are near the start of what is loaded. */
const MOST_SEGMENT_BYTES = 1024 * 1024;
const MOST_SEGMENTS_BYTES = 4 * 1024 * 1024;
/** Where it is known where they are, this is enough. */
const MOST_STRINGS_BYTES = 4 * 1024 * 1024;

/** Keeps what says how an ELF file is run and what of it no program needs, as it passes. */
export class ElfReading {
	readonly #header: ElfHeader;
	readonly #isGo: boolean;
	readonly #fileBytes: number;
	readonly #kept: KeptRanges;
	readonly #names: SectionNames;

	/** `start` is as much of the file's start as is seen of every file; it is to be written, too. Throws `FactError` for a file that is cut off. */
	constructor(header: ElfHeader, start: Uint8Array, fileBytes: number) {
		this.#header = header;
		this.#isGo = hasGoNote(header, start);
		this.#fileBytes = fileBytes;
		const headers = sectionHeadersOf(header);
		if (headers.from + headers.bytes > fileBytes && headers.bytes > 0)
			throw new FactError('it ends before its section headers do');
		this.#kept = new KeptRanges(withinFile(partsOf(header, start), fileBytes));
		this.#names = namesOf(header, start);
	}

	/** The position before which nothing more is of use, when the file has passed up to `position`; infinite when all is there. */
	wantsFrom(position: number): number {
		return Math.min(this.#kept.wantsFrom, this.#names.wantsFrom(position));
	}

	write(piece: Uint8Array, position: number): void {
		this.#kept.write(piece, position);
		this.#names.write(piece, position);
	}

	end(): ElfFact {
		const header = this.#header;
		const sections = this.#sections();
		const interpreter = this.#interpreter();
		const needed = isLinked(header) ? neededLibraries(header, this.#kept) : [];
		const strippable = strippableBytes(isLinked(header) ? sections : [], (section) =>
			this.#nameOf(section, sections),
		);
		return {
			kind: 'elf',
			bits: header.is64 ? 64 : 32,
			machine: header.machine,
			type: typeOf(header),
			interpreter,
			needed,
			isStatic: interpreter === null && needed?.length === 0,
			debugBytes: Math.min(strippable.debugBytes, this.#fileBytes),
			symbolBytes: Math.min(strippable.symbolBytes, this.#fileBytes),
			appendedBytes: Math.max(0, this.#fileBytes - endOfKnown(header, sections)),
			isGo: this.#isGo,
		};
	}

	#sections(): readonly ElfSection[] {
		const { from, bytes } = headersToKeep(this.#header);
		const found = this.#kept.at(from, bytes);
		if (found.length < bytes) throw new FactError('it ends before its section headers do');
		return parseElfSections(found, this.#header);
	}

	#nameOf({ nameAt }: ElfSection, sections: readonly ElfSection[]): string | null {
		const table = sections[this.#header.sections.names];
		return table === undefined || nameAt >= table.bytes ? null : this.#names.at(table.from + nameAt);
	}

	#interpreter(): string | null {
		const part = interpreterPartOf(this.#header);
		return part && stringIn(this.#kept.at(part.from, part.bytes));
	}
}

function partsOf(header: ElfHeader, start: Uint8Array): readonly FileRange[] {
	const parts = [interpreterPartOf(header), headersToKeep(header), ...librariesPartsOf(header, start)];
	return parts.filter((part) => part !== null && part.bytes > 0) as readonly FileRange[];
}

/** The dynamic section, and where the names that it refers to are, or may be. */
function librariesPartsOf(header: ElfHeader, start: Uint8Array): readonly FileRange[] {
	const dynamic = dynamicPartOf(header);
	if (dynamic === null || !isLinked(header)) return [];
	const sections = sectionsIn(header, start) ?? [];
	const strings = sections[sections.find(({ type }) => type === sectionType.dynamic)?.link ?? -1];
	if (strings) return [dynamic, { from: strings.from, bytes: Math.min(strings.bytes, MOST_STRINGS_BYTES) }];
	return [dynamic, ...startsOf(header, dynamic)];
}

/**
 * The starts of what is loaded, as far as linkers put names there: of code only where nothing is loaded before it, and of what is written to only
 * behind the dynamic section, where patchelf puts them.
 */
function startsOf({ segments }: ElfHeader, dynamic: FileRange): readonly FileRange[] {
	let left = MOST_SEGMENTS_BYTES;
	return segments
		.filter(({ type }) => type === segmentType.load)
		.filter(({ flags, from }, index) => {
			const isWritten = (flags & segmentFlag.writable) !== 0;
			const isCode = (flags & segmentFlag.executable) !== 0;
			return index === 0 || (isWritten ? from > dynamic.from : !isCode);
		})
		.map(({ from, bytes }) => {
			const taken = Math.min(bytes, left, MOST_SEGMENT_BYTES);
			left -= taken;
			return { from, bytes: taken };
		});
}

function headersToKeep(header: ElfHeader): FileRange {
	const { from, bytes } = sectionHeadersOf(header);
	return { from, bytes: Math.min(bytes, MOST_SECTIONS * header.sections.entryBytes) };
}

function interpreterPartOf({ segments }: ElfHeader): FileRange | null {
	const found = segments.find(({ type }) => type === segmentType.interpreter);
	return found ? { from: found.from, bytes: Math.min(found.bytes, LONGEST_INTERPRETER) } : null;
}

/** The names are of no segment: they lie behind these and before the section headers, where these do not tell. */
function namesOf(header: ElfHeader, start: Uint8Array): SectionNames {
	const headers = sectionHeadersOf(header);
	if (headers.bytes === 0 || !isLinked(header)) return new SectionNames(0, 0);
	const table = sectionsIn(header, start)?.[header.sections.names];
	if (table) return new SectionNames(table.from, table.from + table.bytes);
	const ends = header.segments
		.filter(({ type }) => type === segmentType.load)
		.map(({ from, bytes }) => from + bytes);
	const last = ends.filter((end) => end <= headers.from).reduce((most, end) => Math.max(most, end), 0);
	return new SectionNames(last, headers.from);
}

/** The sections of a file that has their headers at its start, as Go's linker writes it; null for any other. */
function sectionsIn(header: ElfHeader, start: Uint8Array): readonly ElfSection[] | null {
	const { from, bytes } = headersToKeep(header);
	const isHere = bytes > 0 && from + bytes <= start.length;
	return isHere ? parseElfSections(start.subarray(from, from + bytes), header) : null;
}

function isLinked({ type }: ElfHeader): boolean {
	return type === elfType.executable || type === elfType.sharedObject;
}

function typeOf({ type }: ElfHeader): ElfFact['type'] {
	if (type === elfType.executable) return 'executable';
	if (type === elfType.sharedObject) return 'shared';
	if (type === elfType.relocatable) return 'relocatable';
	return type === elfType.core ? 'core' : 'other';
}
