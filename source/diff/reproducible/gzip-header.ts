/** A field of a gzip header (RFC 1952, 2.3 "Member format"). */
export type GzipFieldName =
	| 'compression method'
	| 'flags'
	| 'mtime'
	| 'extra flags'
	| 'operating system'
	| 'extra field'
	| 'file name'
	| 'comment'
	| 'header checksum';

export interface GzipFieldDifference {
	readonly name: GzipFieldName;
	/** A number for what is one in the header, text in Latin-1 for what is text or bytes there; null where it is not there. */
	readonly older: number | string | null;
	readonly newer: number | string | null;
}

export interface GzipHeaderFields {
	readonly fields: ReadonlyMap<GzipFieldName, number | string>;
	/** Where the compressed data begins, bytes. */
	readonly bytes: number;
}

/** The fields that the first bytes of a gzip file have; null for what is no gzip header, or is longer than these bytes. */
export function gzipHeaderOf(start: Uint8Array): GzipHeaderFields | null {
	if (start.length < 10 || start[0] !== 0x1f || start[1] !== 0x8b) return null;
	const view = Buffer.from(start.buffer, start.byteOffset, start.byteLength);
	const flags = start[3];
	const fields = new Map<GzipFieldName, number | string>([
		['compression method', start[2]],
		['flags', flags],
		['mtime', view.readUInt32LE(4)],
		['extra flags', start[8]],
		['operating system', start[9]],
	]);
	let at = 10;
	const take = (name: GzipFieldName, end: number): void => {
		fields.set(name, view.toString('latin1', at, end));
		at = end;
	};
	if (flags & 0x04) {
		if (view.length < at + 2) return null;
		const bytes = view.readUInt16LE(at);
		at += 2;
		take('extra field', at + bytes);
	}
	for (const [flag, name] of texts) {
		if (!(flags & flag)) continue;
		const end = view.indexOf(0, at);
		if (end === -1) return null;
		take(name, end);
		at += 1;
	}
	if (flags & 0x02) take('header checksum', at + 2);
	return at > view.length ? null : { fields, bytes: at };
}

const texts: readonly (readonly [number, GzipFieldName])[] = [
	[0x08, 'file name'],
	[0x10, 'comment'],
];

/** The fields of two gzip headers that differ, in their order. The flags follow from the fields that are there, and so does the checksum. */
export function compareGzipHeaders(
	older: GzipHeaderFields,
	newer: GzipHeaderFields,
): readonly GzipFieldDifference[] {
	const names = [...new Set([...older.fields.keys(), ...newer.fields.keys()])];
	const found = names
		.filter((name) => older.fields.get(name) !== newer.fields.get(name))
		.map((name) => ({ name, older: older.fields.get(name) ?? null, newer: newer.fields.get(name) ?? null }));
	const causes = found.filter(({ name }) => name !== 'flags' && name !== 'header checksum');
	return causes.length > 0 ? causes : found;
}
