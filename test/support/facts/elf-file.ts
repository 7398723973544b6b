/** A segment to be loaded, or a section of no segment, with its content. */
export interface ElfPart {
	readonly content: Uint8Array;
	/** `PF_X` is 1, `PF_W` 2, `PF_R` 4. */
	readonly flags?: number;
	readonly address?: number;
	/** Of a segment: `PT_LOAD`, which is 1, by default. Of a section: `SHT_PROGBITS`, which is 1 too. */
	readonly type?: number;
	/** Of a section. If any has one, a last section has the names. */
	readonly name?: string;
	/** Of a section: the index of the one that it belongs with. */
	readonly link?: number;
}

export interface ElfShape {
	readonly segments?: readonly ElfPart[];
	readonly sections?: readonly ElfPart[];
	/** A note as Go's linker writes it. */
	readonly hasGoNote?: boolean;
	readonly bits?: 32 | 64;
	readonly isLittleEndian?: boolean;
	/** x86-64, which is 62, by default. */
	readonly machine?: number;
	/** Executable, which is 2, by default. */
	readonly type?: number;
}

const GO_NOTE = Buffer.from('\x04\0\0\0\x04\0\0\0\x04\0\0\0Go\0\0abcd', 'latin1');

/** An ELF executable, written byte by byte: the header, program headers, a note, segments, sections, section headers. */
export function elfFile({
	segments = [],
	sections: givenSections = [],
	hasGoNote = false,
	bits = 64,
	isLittleEndian: isLittle = true,
	machine = 62,
	type: fileType = 2,
}: ElfShape): Buffer {
	const is64 = bits === 64;
	const hasNames = givenSections.some(({ name }) => name !== undefined);
	const sections = hasNames
		? [...givenSections, { name: '.shstrtab', type: 3, content: namesOf(givenSections) }]
		: givenSections;
	const [headerBytes, segmentBytes, sectionBytes] = is64 ? [64, 56, 64] : [52, 32, 40];
	const headers = [
		...(hasGoNote ? [{ type: 4, content: GO_NOTE, flags: 4, address: 0 }] : []),
		...segments.map((s) => ({ type: 1, flags: 4, address: 0, ...s })),
	];
	let end = headerBytes + headers.length * segmentBytes;
	const place = <T extends ElfPart>(part: T) => {
		const from = Math.ceil(end / 16) * 16;
		end = from + part.content.length;
		return { ...part, from };
	};
	const loaded = headers.map(place);
	const others = sections.map(place);
	const sectionsFrom = Math.ceil(end / 16) * 16;
	const file = Buffer.alloc(Math.max(1024, sectionsFrom + others.length * sectionBytes));
	const half = (value: number, at: number) =>
		isLittle ? file.writeUInt16LE(value, at) : file.writeUInt16BE(value, at);
	const int = (value: number, at: number) =>
		isLittle ? file.writeUInt32LE(value, at) : file.writeUInt32BE(value, at);
	const word = (value: number, at: number) => {
		if (!is64) int(value, at);
		else if (isLittle) file.writeBigUInt64LE(BigInt(value), at);
		else file.writeBigUInt64BE(BigInt(value), at);
	};
	file.set([0x7f, 0x45, 0x4c, 0x46, is64 ? 2 : 1, isLittle ? 1 : 2, 1]);
	half(fileType, 16);
	half(machine, 18);
	word(headerBytes, is64 ? 32 : 28);
	word(sectionsFrom, is64 ? 40 : 32);
	const counts = [segmentBytes, loaded.length, sectionBytes, others.length];
	half(hasNames ? sections.length - 1 : 0, is64 ? 62 : 50);
	for (const [index, count] of counts.entries()) half(count, (is64 ? 54 : 42) + 2 * index);
	for (const [index, { type, flags, address, from, content }] of loaded.entries()) {
		const at = headerBytes + index * segmentBytes;
		int(type, at);
		int(flags, at + (is64 ? 4 : 24));
		word(from, at + (is64 ? 8 : 4));
		word(address, at + (is64 ? 16 : 8));
		word(content.length, at + (is64 ? 32 : 16));
		file.set(content, from);
	}
	for (const [index, { from, content, type = 1, name = '', link = 0 }] of others.entries()) {
		const at = sectionsFrom + index * sectionBytes;
		int(hasNames ? namesOf(sections).indexOf(`${name}\0`) : 0, at);
		int(type, at + 4);
		word(from, at + (is64 ? 24 : 16));
		word(content.length, at + (is64 ? 32 : 20));
		int(link, at + (is64 ? 40 : 24));
		file.set(content, from);
	}
	return file;
}

function namesOf(sections: readonly ElfPart[]): Buffer {
	const names = new Set(['', ...sections.map(({ name = '' }) => name), '.shstrtab']);
	return Buffer.from([...names].map((name) => `${name}\0`).join(''));
}
