import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { parseDigest } from './digest.ts';
import { isObject } from './json.ts';
import type { Platform } from './platform.ts';

/** Most items of a list, or keys of an object, that are read from an image's JSON. */
export const maximumItems = 10_000;

/** Longest string that is read from an image's JSON, UTF-16 units. */
export const maximumStringLength = 64 * 1024;

const maximumPlatformLength = 64;

/*
 * Schemas that never fail: a field that is missing, null or of the wrong type counts as absent, because errors in metadata must not
 * prevent a look into the layers.
 */

/** A string, or null. An empty one counts as absent, because Go programs write it for every field without a value. */
export const text = reading((value) => (typeof value === 'string' && value !== '' ? shortened(value) : null));

/** A valid digest, or null. */
export const digest = reading(parseDigest);

export const flag = reading((value) => value === true);

/** A whole number from 0 on, or null. */
export const wholeNumber = reading((value) =>
	typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null,
);

/** A count of bytes, or null. */
export const byteCount = wholeNumber;

/** A list of strings; other items are dropped. */
export const texts = reading((value) => stringsOf(itemsOf(value)));

/** A command line: a list of strings, or one string as in the oldest configs. Null without any. */
export const command = reading((value): readonly string[] | null => {
	const words = stringsOf(typeof value === 'string' ? [value] : itemsOf(value));
	return words.length > 0 ? words : null;
});

/** The keys of an object with empty values, which is how Go writes a set. */
export const keys = reading((value) => stringsOf(isObject(value) ? Object.keys(value) : []));

/** String keys and string values; other values are dropped. */
export const dictionary = reading(dictionaryOf);

/** `os`, `architecture` and `variant` of a descriptor or a config; null unless the first two are there. */
export const platform = reading(platformOf);

/** A list whose items are parsed by `item`. */
export function listOfEach<T>(item: z.ZodMiniType<T>) {
	return reading((value): readonly T[] => listOf(value).map((each) => item.parse(each)));
}

/** An object parsed field by field; anything else counts as an object without fields. */
export function fields<T extends z.core.$ZodLooseShape>(shape: T) {
	const schema = z.object(shape);
	return reading((value) => schema.parse(isObject(value) ? value : {}));
}

/** A schema that accepts anything, including a missing field. */
function reading<T>(read: (value: unknown) => T) {
	return z.pipe(z._default(z.unknown(), null), z.transform(read));
}

function itemsOf(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

function listOf(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value.slice(0, maximumItems) : [];
}

function stringsOf(values: readonly unknown[]): readonly string[] {
	const strings = values.filter((value) => typeof value === 'string');
	const kept = strings.slice(0, maximumItems).map(shortened);
	return strings.length <= maximumItems ? kept : [...kept.slice(0, -1), restOf(strings)];
}

function dictionaryOf(value: unknown): Readonly<Record<string, string>> {
	const pairs = isObject(value) ? Object.entries(value) : [];
	const strings = pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string');
	const kept = strings
		.slice(0, maximumItems)
		.map(([key, item]) => [shortened(key), shortened(item)] as const);
	const rest =
		strings.length <= maximumItems ? [] : [[restOf(strings.map((pair) => pair.join('='))), ''] as const];
	return Object.fromEntries([...kept.slice(0, maximumItems - rest.length), ...rest]);
}

/** A string as it is, or if it is too long, its beginning with a digest of the whole, so that two that differ do not become one. */
function shortened(text: string): string {
	if (text.length <= maximumStringLength) return text;
	const note = `… (${text.length} characters, ${sha256(text)})`;
	return `${text.slice(0, maximumStringLength - note.length)}${note}`;
}

/** In place of what a list has beyond the most that is read. */
function restOf(texts: readonly string[]): string {
	const rest = texts.slice(maximumItems - 1);
	return `… and ${rest.length} more (${sha256(rest.join('\0'))})`;
}

function sha256(text: string): string {
	return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

function platformOf(value: unknown): Platform | null {
	if (!isObject(value)) return null;
	const [os, architecture, variant] = [value.os, value.architecture, value.variant].map((part) =>
		typeof part === 'string' && part !== '' ? part.slice(0, maximumPlatformLength) : null,
	);
	return os && architecture ? { os, architecture, variant } : null;
}
