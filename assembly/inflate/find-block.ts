import { readBlockHeader } from './block-header';
import { BLOCK_HEADER, SYMBOLS, state } from './state';
import { CONTINUE } from './verdict';

/** No header of a block is longer: 17 bits, 19 lengths of 3 bits, and 316 lengths of at most 14 bits. */
const LONGEST_HEADER: usize = 576;

/** Data in which more bits than this look like the start of a header was made to look so. */
const MOST_READ: u32 = 4096;

/**
 * Looks for a bit of the input at which a block may begin that has codes of its own and is not the last one: its lengths have to make
 * whole codes, which random bits hardly ever do. Gives the bit, counted from the start of the input, or -1. Other data is to be begun
 * afterwards.
 */
export function findBlock(): i32 {
	const start = state.input;
	const inputEnd = state.inputEnd;
	let read: u32 = 0;
	for (let byte = start; read < MOST_READ && byte + LONGEST_HEADER < inputEnd; byte++) {
		const word = load<u64>(byte);
		for (let bit: u32 = 0; bit < 8; bit++) {
			if (!mayBeHeader(<u32>(word >> bit)) || !isCodeLengthCode(byte, bit)) continue;
			state.input = byte + 1;
			state.bits = (word & 0xff) >> bit;
			state.bitCount = 8 - bit;
			state.next = BLOCK_HEADER;
			read++;
			if (readBlockHeader() === CONTINUE && state.next === SYMBOLS) return <i32>(((byte - start) << 3) + bit);
		}
	}
	return -1;
}

/** Not the last block, codes of its own, at most 286 literals and lengths, at most 30 distances. */
function mayBeHeader(bits: u32): bool {
	return (bits & 7) === 4 && ((bits >> 3) & 31) <= 29 && ((bits >> 8) & 31) <= 29;
}

/** Whether the lengths of the code for lengths, which are checked before all else is read, make a whole code. */
function isCodeLengthCode(byte: usize, bit: u32): bool {
	const count = (<u32>(load<u32>(byte + 1) >> (bit + 5)) & 15) + 4;
	const position = bit + 17;
	let lengths = load<u64>(byte + (position >> 3)) >> (position & 7);
	let space: u32 = 0;
	for (let index: u32 = 0; index < count; index++) {
		const length = <u32>lengths & 7;
		if (length > 0) space += 128 >> length;
		lengths >>= 3;
	}
	return space === 128;
}
