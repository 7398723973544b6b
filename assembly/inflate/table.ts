import { EXCEPTION, SUBTABLE } from './entries';
import { COUNTS, OFFSETS, SORTED } from './memory';

const MOST_CODEWORD_BITS: u32 = 15;
const WHOLE_SPACE: u32 = 1 << MOST_CODEWORD_BITS;

/**
 * Makes the table of a code from the lengths of its codewords, in the manner of libdeflate: the table of the shorter codewords is
 * doubled for each bit more, and longer ones than `tableBits` get subtables.
 * False for lengths that zlib rejects: those that fit no code, and those that leave codewords unused, but for a single codeword of
 * one bit and for none at all. `mustBeWhole` allows of these only none.
 */
export function buildTable(
	lengths: usize,
	symbolCount: u32,
	symbols: usize,
	table: usize,
	tableBits: u32,
	mustBeWhole: bool,
): bool {
	const space = sortSymbols(lengths, symbolCount);
	if (space > WHOLE_SPACE) return false;
	if (space === WHOLE_SPACE) {
		fillTable(symbols, table, tableBits);
		return true;
	}
	const isSingle = space === WHOLE_SPACE >> 1 && countOf(1) === 1;
	if (space > 0 && (mustBeWhole || !isSingle)) return false;
	// Without a codeword zlib reads each bit as a code length of zero, and then rejects the literals, because they lack the end of block.
	const unused: u32 = mustBeWhole ? 0x101 : EXCEPTION | 1;
	fillAlternately(table, tableBits, isSingle ? entryOf(symbols, SORTED, 1) : unused, unused);
	return true;
}

/** Counts the codewords of each length and sorts the symbols by them. Gives how much of the space of codewords they take. */
function sortSymbols(lengths: usize, symbolCount: u32): u32 {
	memory.fill(COUNTS, 0, 64);
	for (let symbol: u32 = 0; symbol < symbolCount; symbol++) {
		const count = COUNTS + ((<usize>load<u8>(lengths + symbol)) << 2);
		store<u32>(count, load<u32>(count) + 1);
	}
	store<u32>(COUNTS, 0);
	let space: u32 = 0;
	let before: u32 = 0;
	for (let length: u32 = 1; length <= MOST_CODEWORD_BITS; length++) {
		store<u32>(OFFSETS + (length << 2), SORTED + (before << 1));
		before += countOf(length);
		space = (space << 1) + countOf(length);
	}
	for (let symbol: u32 = 0; symbol < symbolCount; symbol++) {
		const length: usize = load<u8>(lengths + symbol);
		if (length === 0) continue;
		const address = OFFSETS + (length << 2);
		store<u16>(load<u32>(address), <u16>symbol);
		store<u32>(address, load<u32>(address) + 2);
	}
	return space;
}

function fillAlternately(table: usize, tableBits: u32, even: u32, odd: u32): void {
	const end = table + ((<usize>4) << tableBits);
	for (let entry = table; entry < end; entry += 8) {
		store<u32>(entry, even);
		store<u32>(entry, odd, 4);
	}
}

/** For a code that uses the whole space, so that its last codeword is all ones. */
function fillTable(symbols: usize, table: usize, tableBits: u32): void {
	let sorted = SORTED;
	let length: u32 = 1;
	while (countOf(length) === 0) length++;
	let count = countOf(length);
	let size: u32 = 1 << length;
	let codeword: u32 = 0;
	while (length <= tableBits) {
		store<u32>(table + (codeword << 2), entryOf(symbols, sorted, length));
		sorted += 2;
		if (codeword === size - 1) {
			for (; length < tableBits; length++) size = double(table, size);
			return;
		}
		codeword = nextCodeword(codeword, size - 1);
		count--;
		while (count === 0) {
			length++;
			if (length <= tableBits) size = double(table, size);
			count = countOf(length);
		}
	}
	fillSubtables(symbols, table, tableBits, sorted, codeword, length, count);
}

/** Goes on with `codeword`, the first that is too long for the table itself, of which `count` have the same length. */
function fillSubtables(
	symbols: usize,
	table: usize,
	tableBits: u32,
	sorted: usize,
	codeword: u32,
	length: u32,
	count: u32,
): void {
	const prefixMask: u32 = (1 << tableBits) - 1;
	let prefix: u32 = 0xffffffff;
	let start: u32 = 0;
	let end: u32 = 1 << tableBits;
	for (;;) {
		if ((codeword & prefixMask) !== prefix) {
			prefix = codeword & prefixMask;
			start = end;
			const bits = subtableBits(tableBits, length, count);
			end = start + ((<u32>1) << bits);
			store<u32>(table + (prefix << 2), (start << 18) | EXCEPTION | SUBTABLE | (bits << 8) | tableBits);
		}
		const entry = entryOf(symbols, sorted, length - tableBits);
		sorted += 2;
		const step: u32 = 1 << (length - tableBits);
		for (let index = start + (codeword >> tableBits); index < end; index += step) {
			store<u32>(table + (index << 2), entry);
		}
		const ones: u32 = (1 << length) - 1;
		if (codeword === ones) return;
		codeword = nextCodeword(codeword, ones);
		count--;
		while (count === 0) count = countOf(++length);
	}
}

/** How many bits tell the codewords with one prefix apart, the first of which has this length, as `count` others from it on. */
function subtableBits(tableBits: u32, length: u32, count: u32): u32 {
	let bits = length - tableBits;
	let space = count;
	while (space < (<u32>1) << bits) {
		bits++;
		space = (space << 1) + countOf(tableBits + bits);
	}
	return bits;
}

/** The following codeword of the same length. Codewords have their bits reversed, as in the data. */
function nextCodeword(codeword: u32, ones: u32): u32 {
	const bit: u32 = 1 << (31 - clz(codeword ^ ones));
	return (codeword & (bit - 1)) | bit;
}

function double(table: usize, size: u32): u32 {
	memory.copy(table + (size << 2), table, size << 2);
	return size << 1;
}

function countOf(length: u32): u32 {
	return load<u32>(COUNTS + (length << 2));
}

function entryOf(symbols: usize, sorted: usize, codewordBits: u32): u32 {
	return load<u32>(symbols + ((<usize>load<u16>(sorted)) << 2)) + (codewordBits << 8) + codewordBits;
}
