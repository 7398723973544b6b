import { EXCEPTION } from './entries';
import {
	CODE_LENGTH_BITS,
	CODE_LENGTH_LENGTHS,
	CODE_LENGTH_ORDER,
	CODE_LENGTH_SYMBOLS,
	CODE_LENGTH_TABLE,
	DISTANCE_BITS,
	DISTANCE_SYMBOLS,
	DISTANCE_TABLE,
	LENGTHS,
	LITERAL_BITS,
	LITERAL_SYMBOLS,
	LITERAL_TABLE,
} from './memory';
import { dropBits, fillBits, returnBytes, STORED_BYTES, SYMBOLS, state } from './state';
import { buildTable } from './table';
import { BAD, CONTINUE, NEEDS_INPUT } from './verdict';

const STORED: u32 = 0;
const FIXED: u32 = 1;
const DYNAMIC: u32 = 2;
const CODE_LENGTH_MASK: u32 = (1 << CODE_LENGTH_BITS) - 1;

/** Reads the header of a block as a whole, or nothing of it: then it is read again once there is more input. */
export function readBlockHeader(): i32 {
	fillBits();
	const bits = state.bits;
	const bitCount = state.bitCount;
	const input = state.input;
	const verdict = readKind();
	if (verdict === NEEDS_INPUT) {
		state.bits = bits;
		state.bitCount = bitCount;
		state.input = input;
	}
	return verdict;
}

function readKind(): i32 {
	if (state.bitCount < 3) return NEEDS_INPUT;
	const isLastBlock = (state.bits & 1) !== 0;
	const kind = <u32>(state.bits >> 1) & 3;
	dropBits(3);
	let verdict = BAD;
	if (kind === STORED) verdict = readStoredHeader();
	else if (kind === FIXED) verdict = loadFixedCodes();
	else if (kind === DYNAMIC) verdict = readCodes();
	if (verdict === CONTINUE) state.isLastBlock = isLastBlock;
	return verdict;
}

function readStoredHeader(): i32 {
	dropBits(state.bitCount & 7);
	if (state.bitCount < 32) return NEEDS_INPUT;
	const lengths = <u32>state.bits;
	if ((lengths & 0xffff) !== ~lengths >> 16) return BAD;
	dropBits(32);
	returnBytes();
	state.storedBytes = lengths & 0xffff;
	state.next = STORED_BYTES;
	return CONTINUE;
}

function loadFixedCodes(): i32 {
	state.next = SYMBOLS;
	if (state.isFixed) return CONTINUE;
	memory.fill(LENGTHS, 8, 144);
	memory.fill(LENGTHS + 144, 9, 112);
	memory.fill(LENGTHS + 256, 7, 24);
	memory.fill(LENGTHS + 280, 8, 8);
	buildTable(LENGTHS, 288, LITERAL_SYMBOLS, LITERAL_TABLE, LITERAL_BITS, false);
	memory.fill(LENGTHS, 5, 32);
	buildTable(LENGTHS, 32, DISTANCE_SYMBOLS, DISTANCE_TABLE, DISTANCE_BITS, false);
	state.isFixed = true;
	return CONTINUE;
}

function readCodes(): i32 {
	if (state.bitCount < 14) return NEEDS_INPUT;
	const literals = (<u32>state.bits & 31) + 257;
	const distances = (<u32>(state.bits >> 5) & 31) + 1;
	const codeLengths = (<u32>(state.bits >> 10) & 15) + 4;
	if (literals > 286 || distances > 30) return BAD;
	dropBits(14);
	let verdict = readCodeLengthCode(codeLengths);
	if (verdict === CONTINUE) verdict = readLengths(literals + distances);
	if (verdict !== CONTINUE) return verdict;
	if (load<u8>(LENGTHS + 256) === 0) return BAD;
	state.isFixed = false;
	if (!buildTable(LENGTHS, literals, LITERAL_SYMBOLS, LITERAL_TABLE, LITERAL_BITS, false)) return BAD;
	if (!buildTable(LENGTHS + literals, distances, DISTANCE_SYMBOLS, DISTANCE_TABLE, DISTANCE_BITS, false))
		return BAD;
	state.next = SYMBOLS;
	return CONTINUE;
}

function readCodeLengthCode(count: u32): i32 {
	memory.fill(CODE_LENGTH_LENGTHS, 0, 19);
	for (let index: u32 = 0; index < count; index++) {
		fillBits();
		if (state.bitCount < 3) return NEEDS_INPUT;
		store<u8>(CODE_LENGTH_LENGTHS + load<u8>(CODE_LENGTH_ORDER + index), <u8>state.bits & 7);
		dropBits(3);
	}
	const isCode = buildTable(
		CODE_LENGTH_LENGTHS,
		19,
		CODE_LENGTH_SYMBOLS,
		CODE_LENGTH_TABLE,
		CODE_LENGTH_BITS,
		true,
	);
	return isCode ? CONTINUE : BAD;
}

/** A symbol below 16 is a length; 16 repeats the one before, 17 and 18 stand for zeros. */
function readLengths(count: u32): i32 {
	let have: u32 = 0;
	while (have < count) {
		fillBits();
		const entry = load<u32>((<u32>state.bits & CODE_LENGTH_MASK) << 2, CODE_LENGTH_TABLE);
		const codewordBits = entry & 63;
		const symbol = entry >> 16;
		const extraBits: u32 = symbol < 16 ? 0 : symbol === 16 ? 2 : symbol === 17 ? 3 : 7;
		if (codewordBits + extraBits > state.bitCount) return NEEDS_INPUT;
		if (entry & EXCEPTION) return BAD;
		dropBits(codewordBits);
		let length: u32 = symbol;
		let times: u32 = 1;
		if (symbol >= 16) {
			if (symbol === 16 && have === 0) return BAD;
			length = symbol === 16 ? load<u8>(LENGTHS + have - 1) : 0;
			times = (symbol === 18 ? 11 : 3) + (<u32>state.bits & ((1 << extraBits) - 1));
			dropBits(extraBits);
			if (times > count - have) return BAD;
		}
		memory.fill(LENGTHS + have, <u8>length, times);
		have += times;
	}
	return CONTINUE;
}
