import { FathomError } from '../errors.ts';
import { jsonExtent } from '../text/json-extent.ts';

/** Largest JSON document that is read from an image, bytes. Registries reject manifests above 4 MiB; configs are far smaller. */
export const maximumDocumentBytes = 8 * 1024 * 1024;

/** The hint for a document that is not what it should be, where it comes from an archive. */
export const DAMAGED_ARCHIVE = 'The archive may be damaged or incomplete: save the image again.';

const maximumDepth = 100;

/** Most values in a document: the parser takes them in one go, and this many take it some 50 milliseconds. An index of 10,000 images has fewer. */
const maximumValues = 100_000;

/**
 * Parses a JSON document of an image. `where` starts the message of an error, for example `app.tar: index.json`.
 * Throws `corrupt` when it is not JSON, or beyond a limit that no genuine document reaches.
 */
export function parseJson(bytes: Uint8Array, where: string): unknown {
	if (bytes.length > maximumDocumentBytes) {
		throw beyondLimit(where, `is ${bytes.length} bytes of JSON; at most ${maximumDocumentBytes} are read`);
	}
	const { depth, values } = jsonExtent(bytes);
	if (depth > maximumDepth) throw beyondLimit(where, `nests JSON more than ${maximumDepth} levels deep`);
	if (values > maximumValues)
		throw beyondLimit(where, `has more than ${maximumValues} values of JSON, the most that are read`);
	try {
		return JSON.parse(new TextDecoder().decode(bytes));
	} catch (cause) {
		throw corrupt(where, 'is not valid JSON', cause);
	}
}

/** Like `parseJson`, for a document that must be a JSON object. */
export function parseJsonObject(bytes: Uint8Array, where: string): Readonly<Record<string, unknown>> {
	const value = parseJson(bytes, where);
	if (!isObject(value)) throw corrupt(where, 'is JSON, but not an object');
	return value;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An error `WHERE WHAT.` about the data of the image. */
export function corrupt(where: string, what: string, cause?: unknown): FathomError {
	return new FathomError({
		code: 'corrupt',
		message: `${where} ${what}.`,
		hint: DAMAGED_ARCHIVE,
		cause,
	});
}

/** An error `WHERE WHAT.` about a document that is larger than a limit allows which no setting changes. */
export function beyondLimit(where: string, what: string): FathomError {
	return new FathomError({
		code: 'corrupt',
		message: `${where} ${what}.`,
		hint: 'This limit is fixed, as no real image comes near it: check where the image comes from.',
	});
}
