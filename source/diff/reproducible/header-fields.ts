import { BLOCK_BYTES, formatOf, readNumberAt } from '../../tar/header.ts';
import { recordAt } from '../../tar/pax.ts';
import type { RawHeader, RawHeaderRole } from '../../tar/raw/raw-tar-reader.ts';
import { checksumSpan, type HeaderFieldName, type HeaderSpan, isNumber, spansOf } from './header-spans.ts';

/** Which header of an entry. */
export type HeaderRole = RawHeaderRole;

/** What a difference between the headers of two entries is in. */
export type HeaderPlace =
	| { readonly kind: 'field'; readonly role: RawHeaderRole; readonly name: HeaderFieldName }
	/** A record of a pax extended header, or of a global one. The key is in Latin-1. */
	| { readonly kind: 'record'; readonly isGlobal: boolean; readonly key: string }
	/** A GNU long name or long link name. */
	| { readonly kind: 'long-text'; readonly role: RawHeaderRole }
	/** Bytes of an extended header that are no record: padding, or records that are malformed or in another order. */
	| { readonly kind: 'extension'; readonly role: RawHeaderRole }
	/** Which headers the entry has. */
	| { readonly kind: 'headers' };

/** A number where both sides have different ones; else the bytes, in Latin-1. Null where it is not there. */
export type HeaderValue = number | string | null;

export interface HeaderDifference {
	readonly place: HeaderPlace;
	readonly older: HeaderValue;
	readonly newer: HeaderValue;
}

/**
 * What differs between the headers of two entries, in the order in which it is in them: none where they are equal byte by byte. A checksum,
 * which follows from all other fields, is named only where nothing else differs.
 */
export function compareHeaders(
	older: readonly RawHeader[],
	newer: readonly RawHeader[],
): readonly HeaderDifference[] {
	if (areEqual(older, newer)) return [];
	const pairs = pairByRole(older, newer);
	const found = pairs.flatMap(([before, after]) => compareHeader(before, after));
	if (found.length > 0 || rolesOf(older) === rolesOf(newer)) return found;
	return [{ place: { kind: 'headers' }, older: rolesOf(older), newer: rolesOf(newer) }];
}

/** Nearly all entries have equal headers, and nothing is taken apart to see it. */
function areEqual(older: readonly RawHeader[], newer: readonly RawHeader[]): boolean {
	return (
		older.length === newer.length &&
		older.every(
			({ role, block, extension }, index) =>
				role === newer[index].role &&
				Buffer.compare(block, newer[index].block) === 0 &&
				Buffer.compare(extension, newer[index].extension) === 0,
		)
	);
}

/** Headers of one role are paired in their order. */
function pairByRole(
	older: readonly RawHeader[],
	newer: readonly RawHeader[],
): readonly (readonly [RawHeader | null, RawHeader | null])[] {
	const roles = [...new Set([...older, ...newer].map(({ role }) => role))];
	return roles.flatMap((role) => {
		const before = older.filter((header) => header.role === role);
		const after = newer.filter((header) => header.role === role);
		const count = Math.max(before.length, after.length);
		return Array.from(
			{ length: count },
			(_, index) => [before[index] ?? null, after[index] ?? null] as const,
		);
	});
}

function rolesOf(headers: readonly RawHeader[]): string {
	return headers.map(({ role }) => role).join(', ');
}

function compareHeader(older: RawHeader | null, newer: RawHeader | null): readonly HeaderDifference[] {
	if (older !== null && newer !== null) {
		const inExtension = compareExtensions(older, newer);
		const inBlock = compareBlocks(older, newer);
		// The size of an extended header follows from its records.
		const own = inExtension.length > 0 ? inBlock.filter(({ place }) => !isField(place, 'size')) : inBlock;
		return newer.role === 'entry' ? [...own, ...inExtension] : [...inExtension, ...own];
	}
	const only = older ?? newer;
	if (only === null) return [];
	const inExtension = compareExtensions(older ?? without(only), newer ?? without(only));
	if (inExtension.length > 0) return inExtension;
	const place = { kind: 'headers' } as const;
	return [{ place, older: older?.role ?? null, newer: newer?.role ?? null }];
}

function without({ role }: RawHeader): RawHeader {
	return { role, block: new Uint8Array(BLOCK_BYTES), extension: new Uint8Array(0) };
}

/** The fields of two header blocks that differ. */
function compareBlocks(
	{ role, block: older }: RawHeader,
	{ block: newer }: RawHeader,
): readonly HeaderDifference[] {
	if (Buffer.compare(older, newer) === 0) return [];
	const spans = spansOf(formatOf(older, 0), formatOf(newer, 0));
	const found = spans.flatMap((span) => compareSpans(role, span, [older, newer]));
	return found.length > 0 ? found : compareSpans(role, checksumSpan, [older, newer]);
}

function compareSpans(
	role: RawHeaderRole,
	[name, start, end]: HeaderSpan,
	blocks: readonly [Uint8Array, Uint8Array],
): readonly HeaderDifference[] {
	const [before, after] = blocks.map((block) => block.subarray(start, end));
	if (Buffer.compare(before, after) === 0) return [];
	const place = { kind: 'field', role, name } as const;
	const [older, newer] = blocks.map((block) => readNumberAt(block, start, end - start));
	const areNumbers = isNumber(name) && !Number.isNaN(older) && !Number.isNaN(newer) && older !== newer;
	return [areNumbers ? { place, older, newer } : { place, older: textOf(before), newer: textOf(after) }];
}

function compareExtensions(older: RawHeader, newer: RawHeader): readonly HeaderDifference[] {
	if (Buffer.compare(older.extension, newer.extension) === 0) return [];
	const { role } = newer;
	if (role === 'pax' || role === 'pax-global') return compareRecords(older, newer);
	const place: HeaderPlace =
		role === 'entry' ? { kind: 'field', role, name: 'sparse' } : { kind: 'long-text', role };
	return [{ place, older: textOf(older.extension), newer: textOf(newer.extension) }];
}

function compareRecords(older: RawHeader, newer: RawHeader): readonly HeaderDifference[] {
	const isGlobal = newer.role === 'pax-global';
	const [before, after] = [recordsOf(older), recordsOf(newer)];
	const keys = [...new Set([...before.keys(), ...after.keys()])];
	const found = keys
		.filter((key) => before.get(key) !== after.get(key))
		.map((key) => ({
			place: { kind: 'record', isGlobal, key } as const,
			older: before.get(key) ?? null,
			newer: after.get(key) ?? null,
		}));
	if (found.length > 0) return found;
	const place = { kind: 'extension', role: newer.role } as const;
	return [{ place, older: textOf(older.extension), newer: textOf(newer.extension) }];
}

/** The values of an extended header by key, in Latin-1; the last of several counts. */
function recordsOf({ block, extension }: RawHeader): ReadonlyMap<string, string> {
	const content = extension.subarray(0, readNumberAt(block, 124, 12));
	const records = new Map<string, string>();
	for (let record = recordAt(content, 0); record !== null; record = recordAt(content, record.end)) {
		records.set(record.key, latin1(record.value));
		if (record.end >= content.length) break;
	}
	return records;
}

function isField(place: HeaderPlace, name: HeaderFieldName): boolean {
	return place.kind === 'field' && place.name === name;
}

/** Without the NULs at the end, unless those are all that there is. */
function textOf(bytes: Uint8Array): string {
	return latin1(bytes).replace(/\0+$/, '');
}

function latin1(bytes: Uint8Array): string {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
