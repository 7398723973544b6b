import { FathomError } from '../errors.ts';

/** Largest JSON document that is read from an image, bytes. Registries reject manifests above 4 MiB; configs are far smaller. */
export const maximumDocumentBytes = 8 * 1024 * 1024;

/** The hint for a document that is not what it should be, where it comes from an archive. */
export const DAMAGED_ARCHIVE = 'The archive may be damaged or incomplete: save the image again.';

const maximumDepth = 100;

/**
 * Parses a JSON document of an image. `where` starts the message of an error, for example `app.tar: index.json`.
 * Throws `corrupt` when it is not JSON, too large, or nested too deeply to be genuine.
 */
export function parseJson(bytes: Uint8Array, where: string): unknown {
	if (bytes.length > maximumDocumentBytes) {
		throw corrupt(where, `is ${bytes.length} bytes of JSON; at most ${maximumDocumentBytes} are read`);
	}
	if (depthOf(bytes) > maximumDepth) {
		throw corrupt(where, `nests JSON more than ${maximumDepth} levels deep`);
	}
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

/** How deep brackets nest outside strings. Looked at before parsing, so that a hostile document costs nothing. */
function depthOf(bytes: Uint8Array): number {
	let depth = 0;
	let deepest = 0;
	let inString = false;
	for (let index = 0; index < bytes.length; index++) {
		const byte = bytes[index];
		if (inString) {
			if (byte === backslash) index += 1;
			else if (byte === quote) inString = false;
		} else if (byte === quote) {
			inString = true;
		} else if (byte === openBracket || byte === openBrace) {
			depth += 1;
			if (depth > deepest) deepest = depth;
		} else if (byte === closeBracket || byte === closeBrace) {
			depth -= 1;
		}
	}
	return deepest;
}

const quote = 0x22;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
