import { STATE } from './memory';

/** What comes next in the DEFLATE data. */
export const BLOCK_HEADER: i32 = 0;
export const STORED_BYTES: i32 = 1;
export const SYMBOLS: i32 = 2;
export const ENDED: i32 = 3;

/** The state between two calls. Its address is fixed, so that all files of this program share it. */
@unmanaged
class State {
	/** Unread input. */
	input: usize;
	inputEnd: usize;
	/** Where the next byte of output goes. */
	output: usize;
	/** The first byte that a distance may reach back to. */
	lowest: usize;
	/** Input bits taken out of their bytes and not used yet, the next one lowest; above them are zeros. */
	bits: u64;
	bitCount: u32;
	next: i32;
	isLastBlock: bool;
	/** The tables are those of the fixed codes. */
	isFixed: bool;
	storedBytes: usize;
	/** The rest of a copy that found no room. */
	copyBytes: u32;
	copyDistance: u32;
}

export const state: State = changetype<State>(STATE);

/** Takes bytes one by one, so as not to read behind the end. At most 63 bits are held. */
export function fillBits(): void {
	while (state.bitCount <= 55 && state.input < state.inputEnd) {
		state.bits |= (<u64>load<u8>(state.input)) << state.bitCount;
		state.input++;
		state.bitCount += 8;
	}
}

export function dropBits(count: u32): void {
	state.bits >>= count;
	state.bitCount -= count;
}

/** Gives back whole bytes that were taken in too much, so that less than 8 bits are held. */
export function returnBytes(): void {
	state.input -= state.bitCount >> 3;
	state.bitCount &= 7;
	state.bits &= ((<u64>1) << state.bitCount) - 1;
}
