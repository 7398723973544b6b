import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A database as rpm writes it by SQLite, which lays out the pages itself. */
export function sqliteDatabase(headers: readonly Uint8Array[], pageBytes = 4096): Uint8Array {
	const folder = mkdtempSync(join(tmpdir(), 'fathom-test-'));
	try {
		const path = join(folder, 'rpmdb.sqlite');
		const database = new DatabaseSync(path);
		database.exec(`PRAGMA page_size = ${pageBytes}`);
		database.exec("CREATE TABLE 'Name' (key TEXT, hnum INTEGER)");
		database.exec("CREATE TABLE 'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)");
		const insert = database.prepare('INSERT INTO Packages (blob) VALUES (?)');
		database.exec('BEGIN');
		for (const header of headers) insert.run(header);
		database.exec('COMMIT');
		database.close();
		return new Uint8Array(readFileSync(path));
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** A `Packages.db` with one page of slots, of which the first is free (rpm, lib/backend/ndb/rpmpkg.c). */
export function ndbDatabase(headers: readonly Uint8Array[]): Uint8Array {
	const slots = Buffer.alloc(4096);
	slots.write('RpmP');
	slots.writeUInt32LE(1, 12);
	for (let slot = 32; slot < slots.length; slot += 16) slots.write('Slot', slot);
	const parts: Uint8Array[] = [slots];
	let block = slots.length / 16;
	for (const [index, header] of headers.entries()) {
		const blob = ndbBlob(header, index + 1);
		[index + 1, block, blob.length / 16].forEach((value, at) => {
			slots.writeUInt32LE(value, 48 + 16 * index + 4 + 4 * at);
		});
		parts.push(blob);
		block += blob.length / 16;
	}
	return new Uint8Array(Buffer.concat(parts));
}

function ndbBlob(header: Uint8Array, packageNumber: number): Uint8Array {
	const blob = Buffer.alloc(Math.ceil((16 + header.length + 12) / 16) * 16);
	blob.write('BlbS');
	blob.writeUInt32LE(packageNumber, 4);
	blob.writeUInt32LE(header.length, 12);
	blob.set(header, 16);
	blob.writeUInt32LE(header.length, blob.length - 8);
	blob.write('BlbE', blob.length - 4);
	return blob;
}

interface BerkeleyLayout {
	readonly pageBytes?: number;
	readonly isBigEndian?: boolean;
}

/** A `Packages` with one bucket a header, small ones in the page itself (Berkeley DB, dbinc/db_page.h). */
export function berkeleyDatabase(
	headers: readonly Uint8Array[],
	{ pageBytes = 4096, isBigEndian = false }: BerkeleyLayout = {},
): Uint8Array {
	const writer = new BerkeleyWriter(pageBytes, isBigEndian);
	writer.bucket(0, Uint8Array.of(1, 0, 0, 0, 9));
	for (const [index, header] of headers.entries()) {
		const isSmall = header.length < pageBytes / 4;
		writer.bucket(index + 1, isSmall ? Buffer.concat([Uint8Array.of(1), header]) : writer.offPage(header));
	}
	return writer.end();
}

class BerkeleyWriter {
	readonly #pageBytes: number;
	readonly #isBigEndian: boolean;
	readonly #pages: Buffer[] = [];

	constructor(pageBytes: number, isBigEndian: boolean) {
		this.#pageBytes = pageBytes;
		this.#isBigEndian = isBigEndian;
		this.#page(8);
	}

	/** A page of the hash with one key and its value. */
	bucket(key: number, value: Uint8Array): void {
		const page = this.#page(13);
		const keyAt = this.#pageBytes - 5;
		page[keyAt] = 1;
		this.#write32(page, keyAt + 1, key);
		page.set(value, keyAt - value.length);
		this.#write16(page, 20, 2);
		this.#write16(page, 26, keyAt);
		this.#write16(page, 28, keyAt - value.length);
	}

	/** Writes a value on overflow pages, and gives what the hash has of it. */
	offPage(value: Uint8Array): Uint8Array {
		const entry = Buffer.alloc(12, Uint8Array.of(3));
		entry.fill(0, 1);
		this.#write32(entry, 4, this.#pages.length);
		this.#write32(entry, 8, value.length);
		const room = this.#pageBytes - 26;
		for (let start = 0; start < value.length; start += room) {
			const part = value.subarray(start, start + room);
			const page = this.#page(7);
			page.set(part, 26);
			this.#write16(page, 22, part.length);
			this.#write32(page, 16, start + room < value.length ? this.#pages.length : 0);
		}
		return entry;
	}

	end(): Uint8Array {
		const [first] = this.#pages;
		this.#write32(first, 12, 0x061561);
		this.#write32(first, 16, 9);
		this.#write32(first, 20, this.#pageBytes);
		this.#write32(first, 32, this.#pages.length - 1);
		return new Uint8Array(Buffer.concat(this.#pages));
	}

	#page(type: number): Buffer {
		const page = Buffer.alloc(this.#pageBytes);
		page[25] = type;
		this.#pages.push(page);
		return page;
	}

	#write32(page: Buffer, at: number, value: number): void {
		if (this.#isBigEndian) page.writeUInt32BE(value, at);
		else page.writeUInt32LE(value, at);
	}

	#write16(page: Buffer, at: number, value: number): void {
		if (this.#isBigEndian) page.writeUInt16BE(value, at);
		else page.writeUInt16LE(value, at);
	}
}
