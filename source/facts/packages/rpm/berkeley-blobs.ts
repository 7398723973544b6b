import type { Damage } from '../../damage.ts';
import { FactError } from '../../fact-reader.ts';
import { type HeaderBlobs, PAGES_A_STEP, Pages, passingOver } from './header-blobs.ts';

const HASH_MAGIC = 0x061561;
const MAGIC_AT = 12;
/** Types of pages (Berkeley DB, dbinc/db_page.h). */
const FREE = 0;
const HASH_UNSORTED = 2;
const OVERFLOW = 7;
const HASH_METADATA = 8;
const HASH = 13;
/** Types of entries. */
const INLINE = 1;
const OFF_PAGE = 3;
const PAGE_HEADER_BYTES = 26;
const OFF_PAGE_BYTES = 12;
const FILE_HEADER_BYTES = 96;

/** How many bytes `isBerkeleyHash` has to see. */
export const BERKELEY_MAGIC_BYTES = MAGIC_AT + 4;

export function isBerkeleyHash(start: Uint8Array): boolean {
	return start.length >= BERKELEY_MAGIC_BYTES && isLittleEndian(viewOf(start)) !== null;
}

function isLittleEndian(view: DataView): boolean | null {
	if (view.getUint32(MAGIC_AT, true) === HASH_MAGIC) return true;
	return view.getUint32(MAGIC_AT, false) === HASH_MAGIC ? false : null;
}

/**
 * The values of a hash of package numbers to headers, page after page: their order is of no use (Berkeley DB, dbinc/db_page.h). The value of
 * number 0 is the next free number. Damaged pages and values are passed over.
 */
export function* readBerkeleyBlobs(content: Uint8Array, damage: Damage): HeaderBlobs {
	const hash = new Hash(content, damage);
	for (let page = 1; page <= hash.lastPage; page++) {
		yield* passingOver(damage, hash.values(page));
		yield;
	}
}

class Hash {
	readonly lastPage: number;
	readonly #pages: Pages;
	readonly #littleEndian: boolean;
	readonly #damage: Damage;

	constructor(content: Uint8Array, damage: Damage) {
		this.#damage = damage;
		if (content.length < FILE_HEADER_BYTES) throw new FactError('it ends in its header');
		const view = viewOf(content);
		this.#littleEndian = isLittleEndian(view) === true;
		const pageBytes = view.getUint32(20, this.#littleEndian);
		if (pageBytes < 512 || pageBytes > 65_536 || (pageBytes & (pageBytes - 1)) !== 0)
			throw new FactError(`pages of ${pageBytes} bytes`);
		if (content[24] !== 0) throw new FactError('it is encrypted');
		this.#pages = new Pages(content, pageBytes);
		const lastPage = view.getUint32(32, this.#littleEndian);
		this.lastPage = Math.min(lastPage, this.#pages.count - 1);
		if (this.lastPage < lastPage) damage.add(`page ${lastPage} lies beyond the end`);
	}

	*values(index: number): HeaderBlobs {
		const page = this.#pages.at(index);
		const type = page[25];
		if (type === FREE || type === OVERFLOW || type === HASH_METADATA) return;
		if (type !== HASH && type !== HASH_UNSORTED) throw new FactError(`page ${index} is not one of a hash`);
		const entries = this.#entriesOf(page);
		for (let key = 0; key + 1 < entries.length; key += 2) {
			if (isNumberZero(entries[key])) continue;
			const value = entries[key + 1];
			if (value[0] === INLINE) yield value.subarray(1);
			else if (value[0] === OFF_PAGE && value.length >= OFF_PAGE_BYTES)
				yield* passingOver(this.#damage, this.#offPage(value));
			else this.#damage.add(`page ${index} has an entry of an unknown type`);
		}
	}

	/** Keys and values by turns. Each ends where the one before it begins, and the first at the end of the page. */
	#entriesOf(page: Uint8Array): readonly Uint8Array[] {
		const view = viewOf(page);
		const count = view.getUint16(20, this.#littleEndian);
		if (PAGE_HEADER_BYTES + 2 * count > page.length)
			throw new FactError('more entries than a page has room for');
		const entries: Uint8Array[] = [];
		let end = page.length;
		for (let entry = 0; entry < count; entry++) {
			const start = view.getUint16(PAGE_HEADER_BYTES + 2 * entry, this.#littleEndian);
			if (start >= end) throw new FactError('an entry that ends before it begins');
			entries.push(page.subarray(start, end));
			end = start;
		}
		return entries;
	}

	*#offPage(entry: Uint8Array): HeaderBlobs {
		const view = viewOf(entry);
		const bytes = view.getUint32(8, this.#littleEndian);
		this.#pages.spend(bytes);
		const value = new Uint8Array(bytes);
		let next = view.getUint32(4, this.#littleEndian);
		let filled = 0;
		for (let pages = 1; filled < bytes; pages++) {
			const page = this.#overflowPage(next);
			const part = page.content.subarray(0, bytes - filled);
			value.set(part, filled);
			filled += part.length;
			next = page.next;
			if (pages % PAGES_A_STEP === 0) yield;
		}
		yield value;
	}

	#overflowPage(index: number): { readonly content: Uint8Array; readonly next: number } {
		this.#pages.claim(index);
		const page = this.#pages.at(index);
		const view = viewOf(page);
		const bytes = view.getUint16(22, this.#littleEndian);
		if (page[25] !== OVERFLOW || PAGE_HEADER_BYTES + bytes > page.length)
			throw new FactError(`page ${index} does not continue a value`);
		return {
			content: page.subarray(PAGE_HEADER_BYTES, PAGE_HEADER_BYTES + bytes),
			next: view.getUint32(16, this.#littleEndian),
		};
	}
}

function isNumberZero(key: Uint8Array): boolean {
	return key.length === 5 && key[0] === INLINE && key.subarray(1).every((byte) => byte === 0);
}

function viewOf(bytes: Uint8Array): DataView {
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
