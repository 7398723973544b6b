import type { Damage } from '../../damage.ts';
import { FactError } from '../../fact-reader.ts';
import { type HeaderBlobs, PAGES_A_STEP, Pages, passingOver } from './header-blobs.ts';
import { integerAt, type Value, valuesOf } from './sqlite-record.ts';
import { varintAt } from './varint.ts';

const MAGIC = 'SQLite format 3\0';
const FILE_HEADER_BYTES = 100;
const LEAF = 0x0d;
const INTERIOR = 0x05;
const UTF_8 = 1;

export function isSqlite(start: Uint8Array): boolean {
	return Buffer.from(start.subarray(0, MAGIC.length)).toString('latin1') === MAGIC;
}

/**
 * The blobs of the table `Packages (hnum, blob)` (rpm, lib/backend/sqlite.c), read from the pages themselves: Node opens only files, and no
 * content is written to disk (SQLite, Database File Format). Damaged pages and rows are passed over. Page numbers in messages count from 0.
 */
export function* readSqliteBlobs(content: Uint8Array, damage: Damage): HeaderBlobs {
	const tables = new Tables(content, damage);
	const root = yield* rootOfPackages(tables);
	if (root === null) throw new FactError(damage.problem ?? 'no table Packages');
	for (const payload of tables.rows(root)) {
		if (payload === undefined) yield;
		else yield* passingOver(damage, blobsOf(payload));
	}
}

function* rootOfPackages(tables: Tables): Generator<undefined, number | null, undefined> {
	let root: number | null = null;
	for (const payload of tables.rows(1)) {
		if (payload === undefined) yield;
		else root ??= rootIn(payload);
	}
	return root;
}

/** Of a row of `sqlite_schema (type, name, tbl_name, rootpage, sql)`. */
function rootIn(payload: Uint8Array): number | null {
	const [type, name, , root] = valuesOf(payload, 4);
	if (textOf(payload, type) !== 'table' || textOf(payload, name) !== 'Packages') return null;
	return integerAt(payload, root);
}

function textOf(payload: Uint8Array, { kind, start, end }: Value): string | null {
	if (kind !== 'text' || end - start > 64) return null;
	return Buffer.from(payload.subarray(start, end)).toString('latin1');
}

function* blobsOf(payload: Uint8Array): HeaderBlobs {
	const [, { kind, start, end }] = valuesOf(payload, 2);
	if (kind !== 'blob') throw new FactError('a row of Packages without a blob');
	yield payload.subarray(start, end);
}

class Tables {
	readonly #pages: Pages;
	/** Bytes of a page that are not reserved for extensions. */
	readonly #usable: number;
	readonly #damage: Damage;

	constructor(content: Uint8Array, damage: Damage) {
		this.#damage = damage;
		if (content.length < FILE_HEADER_BYTES) throw new FactError('it ends in its header');
		const view = viewOf(content);
		const pageBytes = view.getUint16(16) === 1 ? 65_536 : view.getUint16(16);
		if (pageBytes < 512 || (pageBytes & (pageBytes - 1)) !== 0)
			throw new FactError(`pages of ${pageBytes} bytes`);
		if (view.getUint32(56) !== UTF_8) throw new FactError('its text is not UTF-8');
		this.#usable = pageBytes - content[20];
		if (this.#usable < 480) throw new FactError('pages without room');
		this.#pages = new Pages(content, pageBytes);
	}

	/** The payloads of a table's rows in ascending order, from its root page as the file numbers it. */
	*rows(root: number): HeaderBlobs {
		const stack = [this.#claim(root)];
		for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
			yield* passingOver(this.#damage, this.#rowsOf(index, stack));
			yield;
		}
	}

	/** Those of a leaf; of an interior page, the pages below it go to the stack. */
	*#rowsOf(index: number, stack: number[]): HeaderBlobs {
		const page = this.#pages.at(index);
		const start = index === 0 ? FILE_HEADER_BYTES : 0;
		if (page[start] === LEAF) {
			for (const cell of cellsOf(page, start, 8)) yield* passingOver(this.#damage, this.#payload(page, cell));
		} else if (page[start] === INTERIOR) {
			for (const child of childrenOf(page, start)) {
				try {
					stack.push(this.#claim(child));
				} catch (error) {
					if (!(error instanceof FactError)) throw error;
					this.#damage.add(error.message);
				}
			}
		} else throw new FactError(`page ${index} is not one of a table`);
	}

	#claim(number: number): number {
		if (number === 0) throw new FactError('a page number that is none');
		this.#pages.claim(number - 1);
		return number - 1;
	}

	*#payload(page: Uint8Array, cell: number): HeaderBlobs {
		const size = varintAt(page, cell);
		const rowId = varintAt(page, size.end);
		const local = this.#localBytes(size.value);
		const isWhole = local === size.value;
		const end = rowId.end + local + (isWhole ? 0 : 4);
		if (end > this.#usable) throw new FactError('a cell beyond its page');
		this.#pages.spend(size.value);
		if (isWhole) yield page.subarray(rowId.end, end);
		else yield* this.#overflowing(page.subarray(rowId.end, end), size.value);
	}

	/** `local` ends with the number of the first overflow page. */
	*#overflowing(local: Uint8Array, bytes: number): HeaderBlobs {
		const payload = new Uint8Array(bytes);
		let filled = local.length - 4;
		payload.set(local.subarray(0, filled));
		let next = viewOf(local).getUint32(filled);
		for (let pages = 1; filled < bytes; pages++) {
			const page = this.#pages.at(this.#claim(next));
			const part = page.subarray(4, Math.min(this.#usable, 4 + bytes - filled));
			payload.set(part, filled);
			filled += part.length;
			next = viewOf(page).getUint32(0);
			if (pages % PAGES_A_STEP === 0) yield;
		}
		yield payload;
	}

	/** How many bytes of a payload lie in the leaf itself (Database File Format, 1.6). */
	#localBytes(bytes: number): number {
		if (bytes <= this.#usable - 35) return bytes;
		const least = Math.floor(((this.#usable - 12) * 32) / 255) - 23;
		const rest = least + ((bytes - least) % (this.#usable - 4));
		return rest <= this.#usable - 35 ? rest : least;
	}
}

/** The numbers of the pages below an interior one, the last first, as a stack wants them. */
function childrenOf(page: Uint8Array, start: number): readonly number[] {
	const view = viewOf(page);
	const cells = cellsOf(page, start, 12).toReversed();
	// Number 0 is no page.
	return [start + 8, ...cells].map((cell) => (cell + 4 > page.length ? 0 : view.getUint32(cell)));
}

/** Where the cells of a page begin. */
function cellsOf(page: Uint8Array, start: number, headerBytes: number): readonly number[] {
	const view = viewOf(page);
	const count = view.getUint16(start + 3);
	const first = start + headerBytes;
	if (first + 2 * count > page.length) throw new FactError('more cells than a page has room for');
	return Array.from({ length: count }, (_, cell) => view.getUint16(first + 2 * cell));
}

function viewOf(bytes: Uint8Array): DataView {
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
