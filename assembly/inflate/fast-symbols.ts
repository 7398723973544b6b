import { END_OF_BLOCK, EXCEPTION, SUBTABLE } from './entries';
import { DISTANCE_BITS, DISTANCE_TABLE, LITERAL_BITS, LITERAL_TABLE, OUTPUT_END } from './memory';
import { BLOCK_HEADER, returnBytes, state } from './state';
import { BAD, CONTINUE } from './verdict';

const LITERAL_MASK: u32 = ((1 << LITERAL_BITS) - 1) << 2;
const DISTANCE_MASK: u32 = ((1 << DISTANCE_BITS) - 1) << 2;
/** One round reads at most 29 bytes of input and writes at most 3 literals and 258 bytes, which steps of 16 make 292. */
const INPUT_MARGIN: usize = 32;
const OUTPUT_MARGIN: usize = 300;

/** Whether there is so much of input and of room for output that it is worth a start of the fast loop. */
export function hasMargin(): bool {
	return (
		state.copyBytes === 0 &&
		state.inputEnd - state.input >= INPUT_MARGIN + 16 &&
		OUTPUT_END - state.output >= OUTPUT_MARGIN + 20
	);
}

/**
 * Decodes while there is a margin at both ends, in the manner of libdeflate. The bits are held shifted by two, so that masked they are
 * the offset of an entry of four bytes; `held` counts those two. A refill reads eight bytes wherever the input stands and
 * goes on by as many as find room: then 54 to 61 bits are to be used. Bits above them are right ones too, and are read once more.
 * A round takes at most three times 11 bits for literals, or twice and 20 for a length; then there are at least 12 left, and 28
 * are needed for a distance.
 * All is in one function and written out, because only its own variables are kept in registers; of those there are just enough, so what
 * does not change is read where it is needed.
 */
export function decodeFast(): i32 {
	returnBytes();
	let input = state.input;
	let output = state.output;
	let bits = state.bits << 2;
	let held = state.bitCount + 2;
	let verdict = CONTINUE;
	bits |= load<u64>(input) << held;
	input += 7 - ((held >> 3) & 7);
	held |= 56;
	let before: u64 = 0;
	let entry = load<u32>(<u32>bits & LITERAL_MASK, LITERAL_TABLE);
	do {
		before = bits;
		bits >>= entry;
		held -= entry & 63;
		if (<i32>entry < 0) {
			let literal = entry >> 16;
			entry = load<u32>(<u32>bits & LITERAL_MASK, LITERAL_TABLE);
			before = bits;
			bits >>= entry;
			held -= entry & 63;
			store<u8>(output++, <u8>literal);
			if (<i32>entry < 0) {
				literal = entry >> 16;
				entry = load<u32>(<u32>bits & LITERAL_MASK, LITERAL_TABLE);
				before = bits;
				bits >>= entry;
				held -= entry & 63;
				store<u8>(output++, <u8>literal);
				if (<i32>entry < 0) {
					store<u8>(output++, <u8>(entry >> 16));
					entry = load<u32>(<u32>bits & LITERAL_MASK, LITERAL_TABLE);
					bits |= load<u64>(input) << held;
					input += 7 - ((held >> 3) & 7);
					held |= 56;
					continue;
				}
			}
		}
		if (entry & EXCEPTION) {
			if (entry & SUBTABLE) {
				const index = <u32>bits & (((<u32>4) << ((entry >> 8) & 15)) - 4);
				entry = load<u32>((entry >> 16) + index, LITERAL_TABLE);
				before = bits;
				bits >>= entry;
				held -= entry & 63;
				if (<i32>entry < 0) {
					store<u8>(output++, <u8>(entry >> 16));
					bits |= load<u64>(input) << held;
					input += 7 - ((held >> 3) & 7);
					held |= 56;
					entry = load<u32>(<u32>bits & LITERAL_MASK, LITERAL_TABLE);
					continue;
				}
			}
			if (entry & EXCEPTION) {
				if (entry & END_OF_BLOCK) state.next = BLOCK_HEADER;
				else verdict = BAD;
				break;
			}
		}
		const length: u32 = (entry >> 16) + extraOf(entry, before);
		entry = load<u32>(<u32>bits & DISTANCE_MASK, DISTANCE_TABLE);
		if (held < 30) {
			bits |= load<u64>(input) << held;
			input += 7 - ((held >> 3) & 7);
			held |= 56;
			entry = load<u32>(<u32>bits & DISTANCE_MASK, DISTANCE_TABLE);
		}
		if (entry & EXCEPTION) {
			if (entry & SUBTABLE) {
				bits >>= entry;
				held -= entry & 63;
				const index = <u32>bits & (((<u32>4) << ((entry >> 8) & 15)) - 4);
				entry = load<u32>((entry >> 16) + index, DISTANCE_TABLE);
			}
			if (entry & EXCEPTION) {
				verdict = BAD;
				break;
			}
		}
		const distance: u32 = (entry >> 16) + extraOf(entry, bits);
		bits >>= entry;
		held -= entry & 63;
		if (distance > <u32>(output - state.lowest)) {
			verdict = BAD;
			break;
		}
		bits |= load<u64>(input) << held;
		input += 7 - ((held >> 3) & 7);
		held |= 56;
		entry = load<u32>(<u32>bits & LITERAL_MASK, LITERAL_TABLE);
		copy(output, distance, length);
		output += length;
	} while (input < state.inputEnd - INPUT_MARGIN && output < OUTPUT_END - OUTPUT_MARGIN);
	state.input = input;
	state.output = output;
	state.bits = bits >> 2;
	state.bitCount = held - 2;
	returnBytes();
	return verdict;
}

/** The extra bits, of bits that are held shifted by two. */
function extraOf(entry: u32, bits: u64): u32 {
	return <u32>((bits & (((<u64>4) << entry) - 1)) >> 2) >> ((entry >> 8) & 15);
}

/** Copies what may overlap its own end, and up to 31 bytes too many. */
function copy(output: usize, distance: u32, length: u32): void {
	let from = output - distance;
	const end = output + length;
	if (distance >= 16) {
		// Two steps always: whether a second one is needed cannot be foreseen, and a wrong guess costs more than the step.
		v128.store(output, v128.load(from));
		v128.store(output, v128.load(from, 16), 16);
		if (length <= 32) return;
		output += 32;
		from += 32;
		do {
			v128.store(output, v128.load(from));
			output += 16;
			from += 16;
		} while (output < end);
	} else if (distance === 1) {
		const value = i8x16.splat(load<u8>(from));
		do {
			v128.store(output, value);
			output += 16;
		} while (output < end);
	} else if (distance >= 8) {
		do {
			store<u64>(output, load<u64>(from));
			output += 8;
			from += 8;
		} while (output < end);
	} else {
		do store<u8>(output++, load<u8>(from++));
		while (output < end);
	}
}
