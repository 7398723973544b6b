import { FactError } from '../../fact-reader.ts';

/** Tags of a header (rpm, include/rpm/rpmtag.h): those that are read. */
export const tags = {
	name: 1000,
	version: 1001,
	release: 1002,
	epoch: 1003,
	architecture: 1022,
	oldFileNames: 1027,
	sourceRpm: 1044,
	provideName: 1047,
	requireName: 1049,
	dirIndexes: 1116,
	baseNames: 1117,
	dirNames: 1118,
} as const;

export type Tag = (typeof tags)[keyof typeof tags];

/** Types of data (rpm, include/rpm/rpmtag.h). */
const INT_32 = 4;
const STRING = 6;
const STRING_ARRAY = 8;
const I18N_STRING = 9;

/** A header begins with the number of its entries and the bytes of its data. */
const INTRO_BYTES = 8;
const ENTRY_BYTES = 16;
/** As rpm itself has it (lib/header.c, HEADER_TAGS_MAX). */
const MOST_ENTRIES = 65_535;
/** Longer than any name, version or path. */
const MOST_STRING_BYTES = 4096;

interface Entry {
	readonly type: number;
	readonly offset: number;
	readonly count: number;
}

const wanted: ReadonlySet<number> = new Set(Object.values(tags));

/** What a database has of a package: numbered entries that point to data (rpm, docs/manual/format_header.md). All numbers are big-endian. */
export class Header {
	readonly #data: Uint8Array;
	readonly #view: DataView;
	readonly #entries: ReadonlyMap<number, Entry>;

	constructor(blob: Uint8Array) {
		const view = new DataView(blob.buffer, blob.byteOffset, blob.length);
		if (blob.length < INTRO_BYTES) throw new FactError('a header that ends too early');
		const count = view.getUint32(0);
		const dataStart = INTRO_BYTES + count * ENTRY_BYTES;
		const dataEnd = dataStart + view.getUint32(4);
		if (count > MOST_ENTRIES || dataEnd > blob.length) throw new FactError('a header that ends too early');
		this.#entries = entriesOf(view, count);
		this.#data = blob.subarray(dataStart, dataEnd);
		this.#view = new DataView(blob.buffer, blob.byteOffset + dataStart, dataEnd - dataStart);
	}

	/** The string, or the first of several, in UTF-8. */
	text(tag: Tag): string | null {
		const entry = this.#entries.get(tag);
		if (entry === undefined || !isText(entry)) return null;
		return decode(this.#data.subarray(entry.offset, this.#endOfString(entry.offset)));
	}

	number(tag: Tag): number | null {
		return this.numbers(tag)?.(0) ?? null;
	}

	/** Gives a number by its index; one that is not there is a `FactError`. Null where there are none. */
	numbers(tag: Tag): ((index: number) => number) | null {
		const entry = this.#entries.get(tag);
		if (entry?.type !== INT_32) return null;
		if (entry.offset + 4 * entry.count > this.#data.length)
			throw new FactError('numbers beyond the end of a header');
		return (index) => {
			if (index >= entry.count) throw new FactError('a header with too few numbers');
			return this.#view.getUint32(entry.offset + 4 * index);
		};
	}

	/** The strings as bytes, one by one, without their ends. */
	*strings(tag: Tag): Generator<Uint8Array, void, undefined> {
		const entry = this.#entries.get(tag);
		if (entry === undefined || !isText(entry)) return;
		let start = entry.offset;
		for (let index = 0; index < entry.count; index++) {
			const end = this.#endOfString(start);
			yield this.#data.subarray(start, end);
			start = end + 1;
		}
	}

	#endOfString(start: number): number {
		// Most are a few bytes long, where a loop is faster than indexOf.
		const last = Math.min(this.#data.length, start + MOST_STRING_BYTES + 1);
		for (let end = start; end < last; end++) if (this.#data[end] === 0) return end;
		throw new FactError('a string without an end');
	}
}

export function decode(bytes: Uint8Array): string {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
}

/** The wanted entries. Of two with one tag the later holds: it was added on installing, and the region before it came with the package. */
function entriesOf(view: DataView, count: number): ReadonlyMap<number, Entry> {
	const entries = new Map<number, Entry>();
	for (let index = 0; index < count; index++) {
		const at = INTRO_BYTES + index * ENTRY_BYTES;
		const tag = view.getUint32(at);
		if (!wanted.has(tag)) continue;
		entries.set(tag, {
			type: view.getUint32(at + 4),
			offset: view.getUint32(at + 8),
			count: view.getUint32(at + 12),
		});
	}
	return entries;
}

function isText({ type }: Entry): boolean {
	return type === STRING || type === STRING_ARRAY || type === I18N_STRING;
}
