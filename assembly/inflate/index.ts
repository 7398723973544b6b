// A DEFLATE decoder (RFC 1951) for data of any length that comes in pieces. The caller puts a piece at `inputStart`, tells how long it
// is, and calls `run` until that wants more input; what `unread` says is left it puts before the next piece.
import { readBlockHeader } from './block-header';
import { decodeCarefully } from './careful-symbols';
import { prepareSymbols } from './entries';
import { decodeFast, hasMargin } from './fast-symbols';
import { HISTORY_BYTES, INPUT, INPUT_BYTES, OUTPUT, OUTPUT_END } from './memory';
import { BLOCK_HEADER, ENDED, returnBytes, STORED_BYTES, SYMBOLS, state } from './state';
import { AT_END, CONTINUE, NEEDS_INPUT, OUTPUT_IS_FULL } from './verdict';

export { reduce, remainderStart } from './checksum';
export { findBlock } from './find-block';

export function inputStart(): u32 {
	return <u32>INPUT;
}

export function inputCapacity(): u32 {
	return <u32>INPUT_BYTES;
}

/** Where output begins, as long as `moveHistory` was not called. */
export function outputStart(): u32 {
	return <u32>OUTPUT;
}

/** Where output ended. */
export function outputEnd(): u32 {
	return <u32>state.output;
}

/** To be called once for an instance. */
export function prepare(): void {
	prepareSymbols();
	state.isFixed = false;
}

/** Begins new data; distances do not reach back to what was before. */
export function begin(): void {
	state.bits = 0;
	state.bitCount = 0;
	state.copyBytes = 0;
	state.isLastBlock = false;
	state.next = BLOCK_HEADER;
	state.output = OUTPUT;
	state.lowest = OUTPUT;
}

/**
 * Begins in the middle of data, with a block of which the first bits may be in a byte that is not part of the input. What was before
 * is not known: distances reach back to bytes that are all `unknown`.
 */
export function beginInside(bits: u32, bitCount: u32, unknown: u32): void {
	begin();
	state.bits = bits;
	state.bitCount = bitCount;
	state.lowest = OUTPUT - HISTORY_BYTES;
	memory.fill(state.lowest, <u8>unknown, HISTORY_BYTES);
}

/** Whether a block begins with the bits that are left of the input: the rest of a byte and then `unread` bytes. */
export function isAtBlock(bitCount: u32): bool {
	return state.next === BLOCK_HEADER && !state.isLastBlock && state.bitCount === bitCount;
}

export function setInput(bytes: u32): void {
	state.input = INPUT;
	state.inputEnd = INPUT + bytes;
}

/** How many bytes of the input were not taken. */
export function unread(): u32 {
	return <u32>(state.inputEnd - state.input);
}

/** Makes room for output when all of it was used. */
export function moveHistory(): void {
	const had = min<usize>(state.output - state.lowest, HISTORY_BYTES);
	memory.copy(OUTPUT - had, state.output - had, had);
	state.lowest = OUTPUT - had;
	state.output = OUTPUT;
}

/** Decodes as far as it can; gives one of the numbers of verdict.ts. */
export function run(): i32 {
	let verdict = CONTINUE;
	while (verdict === CONTINUE) verdict = step();
	returnBytes();
	return verdict;
}

function step(): i32 {
	if (state.next === SYMBOLS) return hasMargin() ? decodeFast() : decodeCarefully();
	if (state.next === STORED_BYTES) return copyStored();
	if (state.next === ENDED) return AT_END;
	if (!state.isLastBlock) return readBlockHeader();
	state.next = ENDED;
	return AT_END;
}

function copyStored(): i32 {
	const bytes = min<usize>(
		state.storedBytes,
		min<usize>(state.inputEnd - state.input, OUTPUT_END - state.output),
	);
	memory.copy(state.output, state.input, bytes);
	state.input += bytes;
	state.output += bytes;
	state.storedBytes -= bytes;
	if (state.storedBytes === 0) {
		state.next = BLOCK_HEADER;
		return CONTINUE;
	}
	return state.output === OUTPUT_END ? OUTPUT_IS_FULL : NEEDS_INPUT;
}
