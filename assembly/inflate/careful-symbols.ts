import { END_OF_BLOCK, EXCEPTION, LITERAL, SUBTABLE } from './entries';
import { hasMargin } from './fast-symbols';
import { DISTANCE_BITS, DISTANCE_TABLE, LITERAL_BITS, LITERAL_TABLE, OUTPUT_END } from './memory';
import { BLOCK_HEADER, dropBits, fillBits, state } from './state';
import { BAD, CONTINUE, NEEDS_INPUT, OUTPUT_IS_FULL } from './verdict';

/** Decodes near the ends of input and output, a symbol or a length with its distance as a whole or not at all. */
export function decodeCarefully(): i32 {
	let verdict = CONTINUE;
	while (verdict === CONTINUE && state.next !== BLOCK_HEADER) {
		copyRest();
		if (state.copyBytes > 0) return OUTPUT_IS_FULL;
		if (hasMargin()) return CONTINUE;
		fillBits();
		verdict = decodeOne();
	}
	return verdict;
}

function copyRest(): void {
	while (state.copyBytes > 0 && state.output < OUTPUT_END) {
		store<u8>(state.output, load<u8>(state.output - state.copyDistance));
		state.output++;
		state.copyBytes--;
	}
}

function decodeOne(): i32 {
	let bits = state.bits;
	let entry = lookUp(bits, LITERAL_TABLE, LITERAL_BITS);
	let used = prefixBits(bits, LITERAL_TABLE, LITERAL_BITS) + (entry & 63);
	if (used > state.bitCount) return NEEDS_INPUT;
	if (entry & LITERAL) {
		if (state.output === OUTPUT_END) return OUTPUT_IS_FULL;
		store<u8>(state.output, <u8>(entry >> 16));
		state.output++;
		dropBits(used);
		return CONTINUE;
	}
	if (entry & EXCEPTION) {
		if (!(entry & END_OF_BLOCK)) return BAD;
		dropBits(used);
		state.next = BLOCK_HEADER;
		return CONTINUE;
	}
	const length = lengthOrDistance(entry, bits >> (used - (entry & 63)));
	bits >>= used;
	entry = lookUp(bits, DISTANCE_TABLE, DISTANCE_BITS);
	const prefix = prefixBits(bits, DISTANCE_TABLE, DISTANCE_BITS);
	used += prefix + (entry & 63);
	if (used > state.bitCount) return NEEDS_INPUT;
	if (entry & EXCEPTION) return BAD;
	const distance = lengthOrDistance(entry, bits >> prefix);
	if (distance > <u32>(state.output - state.lowest)) return BAD;
	dropBits(used);
	state.copyBytes = length;
	state.copyDistance = distance;
	return CONTINUE;
}

function lookUp(bits: u64, table: usize, tableBits: u32): u32 {
	const entry = load<u32>(table + ((<u32>bits & ((1 << tableBits) - 1)) << 2));
	if (!(entry & SUBTABLE)) return entry;
	const index = <u32>(bits >> tableBits) & ((1 << ((entry >> 8) & 15)) - 1);
	return load<u32>(table + (entry >> 16) + (index << 2));
}

/** How many bits the table itself takes, where it points to a subtable. */
function prefixBits(bits: u64, table: usize, tableBits: u32): u32 {
	return load<u32>(table + ((<u32>bits & ((1 << tableBits) - 1)) << 2)) & SUBTABLE ? tableBits : 0;
}

function lengthOrDistance(entry: u32, bits: u64): u32 {
	const all = <u32>bits & ((1 << (entry & 63)) - 1);
	return (entry >> 16) + (all >> ((entry >> 8) & 15));
}
