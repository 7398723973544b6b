const SLASH: u8 = 0x2f;
const DOT: u8 = 0x2e;
/** `.wh.` as a number. */
const WHITEOUT_PREFIX: u32 = 0x2e68772e;

/** For a path with a `..` component, or with one that may be a whiteout. */
export const NOT_PLAIN: usize = 0;

/**
 * Appends the components of the text `[from, to)` to the path that starts at `start` and ends at `end` so far, without empty and `.`
 * components. Returns the new end, or NOT_PLAIN.
 */
export function appendComponents(from: usize, to: usize, start: usize, end: usize): usize {
	let at = from;
	while (at < to) {
		const first = at;
		while (at < to && load<u8>(at) !== SLASH) at++;
		const length = at - first;
		at++;
		if (length === 0) continue;
		if (load<u8>(first) === DOT) {
			if (length === 1) continue;
			if (length === 2 && load<u8>(first, 1) === DOT) return NOT_PLAIN;
			if (length >= 4 && load<u32>(first) === WHITEOUT_PREFIX) return NOT_PLAIN;
		}
		if (end > start) store<u8>(end++, SLASH);
		memory.copy(end, first, length);
		end += length;
	}
	return end;
}
