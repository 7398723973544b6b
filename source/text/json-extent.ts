/** How deep the brackets of a JSON document nest outside strings, and about how many values there are. Looked at before parsing, so that a hostile document costs nothing. */
export function jsonExtent(bytes: Uint8Array): { readonly depth: number; readonly values: number } {
	const extent = new JsonExtent();
	extent.take(bytes);
	return extent;
}

/** The same of a document that is looked at piece by piece. */
export class JsonExtent {
	/** The deepest so far. */
	depth = 0;
	values = 0;
	#depth = 0;
	#inString = false;
	#isEscaped = false;

	take(bytes: Uint8Array): void {
		let [inString, isEscaped, depth, deepest, values] = [
			this.#inString,
			this.#isEscaped,
			this.#depth,
			this.depth,
			this.values,
		];
		for (let index = 0; index < bytes.length; index++) {
			const byte = bytes[index];
			if (inString) {
				if (isEscaped) isEscaped = false;
				else if (byte === backslash) isEscaped = true;
				else if (byte === quote) inString = false;
			} else if (byte === quote) {
				inString = true;
			} else if (byte === openBracket || byte === openBrace) {
				depth += 1;
				values += 1;
				if (depth > deepest) deepest = depth;
			} else if (byte === closeBracket || byte === closeBrace) {
				depth -= 1;
			} else if (byte === comma) {
				values += 1;
			}
		}
		[this.#inString, this.#isEscaped, this.#depth] = [inString, isEscaped, depth];
		[this.depth, this.values] = [deepest, values];
	}
}

const comma = 0x2c;
const quote = 0x22;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
