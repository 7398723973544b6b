import { finish, type Steps } from '../steps.ts';
import { JsonExtent } from '../text/json-extent.ts';
import { FactError } from './fact-reader.ts';

const MOST_DEPTH = 100;
/** The parser cannot be paused. It takes about 100 milliseconds for this many values. */
const MOST_VALUES = 250_000;
const BYTES_A_STEP = 512 * 1024;

export type JsonObject = Readonly<Record<string, unknown>>;

/** Parses a file of the image that is a JSON object. Throws `FactError` where it is not, or beyond what genuine ones have. */
export function parseJsonObject(content: Uint8Array): JsonObject {
	return finish(parseJsonInSteps(content));
}

/** The same in steps, of which that of the parser takes the longest. */
export function* parseJsonInSteps(content: Uint8Array): Steps<JsonObject> {
	const extent = new JsonExtent();
	for (let start = 0; start < content.length; start += BYTES_A_STEP) {
		extent.take(content.subarray(start, start + BYTES_A_STEP));
		if (extent.depth > MOST_DEPTH) throw new FactError(`it nests JSON more than ${MOST_DEPTH} levels deep`);
		if (extent.values > MOST_VALUES) throw new FactError(`it has more than ${MOST_VALUES} values of JSON`);
		if (start + BYTES_A_STEP < content.length) yield;
	}
	const text = new TextDecoder().decode(content);
	yield;
	const value = parse(text);
	if (!isObject(value)) throw new FactError('it is JSON, but not an object');
	return value;
}

/** Whether the first byte that is no white space opens an object; a byte order mark may stand before it. */
export function opensObject(start: Uint8Array): boolean {
	return /^(?:\xef\xbb\xbf)?[ \t\r\n]*\{/.test(Buffer.from(start.subarray(0, 64)).toString('latin1'));
}

export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list; none where it is not a list. */
export function objectsIn(value: unknown): readonly JsonObject[] {
	return Array.isArray(value) ? value.filter(isObject) : [];
}

/** A text of at most 4,096 characters, and not an empty one; null for all else. */
export function shortText(value: unknown): string | null {
	return typeof value === 'string' && value !== '' && value.length <= 4096 ? value : null;
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new FactError('it is not valid JSON');
	}
}
