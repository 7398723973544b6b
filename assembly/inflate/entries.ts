import { CODE_LENGTH_ORDER, CODE_LENGTH_SYMBOLS, DISTANCE_SYMBOLS, LITERAL_SYMBOLS } from './memory';

// An entry of a table holds all that is to be known of a symbol:
//   bits  0-5   how many bits it takes, its extra bits included
//   bit   6     points to a subtable; only with bit 7
//   bit   7     no literal, length or distance
//   bits  8-11  how many bits its codeword takes, which is where its extra bits begin; for a subtable, how many bits index it
//   bit  13     end of block; only with bit 7
//   bits 16-30  the literal, the least length or distance, or how many bytes into the table a subtable begins
//   bit  31     a literal
export const LITERAL: u32 = 0x80000000;
export const END_OF_BLOCK: u32 = 0x2000;
export const EXCEPTION: u32 = 0x80;
export const SUBTABLE: u32 = 0x40;

const END_OF_BLOCK_SYMBOL: u32 = 256;

/** Writes down the symbols of RFC 1951, 3.2.5 to 3.2.7. */
export function prepareSymbols(): void {
	for (let literal: u32 = 0; literal < 256; literal++)
		put(LITERAL_SYMBOLS, literal, LITERAL | (literal << 16));
	put(LITERAL_SYMBOLS, END_OF_BLOCK_SYMBOL, EXCEPTION | END_OF_BLOCK);
	let least: u32 = 3;
	for (let symbol: u32 = 257; symbol < 285; symbol++) {
		const extra: u32 = symbol < 265 ? 0 : (symbol - 261) >> 2;
		put(LITERAL_SYMBOLS, symbol, (least << 16) | extra);
		least += 1 << extra;
	}
	put(LITERAL_SYMBOLS, 285, 258 << 16);
	put(LITERAL_SYMBOLS, 286, EXCEPTION);
	put(LITERAL_SYMBOLS, 287, EXCEPTION);
	least = 1;
	for (let symbol: u32 = 0; symbol < 30; symbol++) {
		const extra: u32 = symbol < 4 ? 0 : (symbol - 2) >> 1;
		put(DISTANCE_SYMBOLS, symbol, (least << 16) | extra);
		least += 1 << extra;
	}
	put(DISTANCE_SYMBOLS, 30, EXCEPTION);
	put(DISTANCE_SYMBOLS, 31, EXCEPTION);
	for (let symbol: u32 = 0; symbol < 19; symbol++) put(CODE_LENGTH_SYMBOLS, symbol, symbol << 16);
	prepareOrder();
}

/** The order is 16, 17, 18, 0, and then 8, 7, 9, 6, 10, 5 and so on. */
function prepareOrder(): void {
	store<u32>(CODE_LENGTH_ORDER, 0x00121110);
	store<u8>(CODE_LENGTH_ORDER + 4, 8);
	for (let step: u32 = 1; step < 8; step++) {
		store<u8>(CODE_LENGTH_ORDER + 3 + 2 * step, <u8>(8 - step));
		store<u8>(CODE_LENGTH_ORDER + 4 + 2 * step, <u8>(8 + step));
	}
}

function put(symbols: usize, symbol: u32, entry: u32): void {
	store<u32>(symbols + (symbol << 2), entry);
}
