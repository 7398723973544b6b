import { crc32, deflateRawSync } from 'node:zlib';

export interface ZippedFile {
	readonly name: string;
	readonly content: Uint8Array | string;
	readonly isStored?: boolean;
}

/** A zip archive as `jar` writes it: files, the directory, the record at the end, and before it a larger one if there are many files. */
export function zipArchive(files: readonly ZippedFile[], comment = ''): Buffer {
	const parts: Buffer[] = [];
	const directory: Buffer[] = [];
	let at = 0;
	for (const { name, content, isStored = false } of files) {
		const plain = Buffer.from(content);
		const stored = isStored ? plain : deflateRawSync(plain);
		const nameBytes = Buffer.from(name);
		const fields = Buffer.alloc(26);
		fields.writeUInt16LE(20, 0);
		fields.writeUInt16LE(isStored ? 0 : 8, 4);
		fields.writeUInt32LE(crc32(plain), 10);
		fields.writeUInt32LE(stored.length, 14);
		fields.writeUInt32LE(plain.length, 18);
		fields.writeUInt16LE(nameBytes.length, 22);
		const place = Buffer.alloc(14);
		place.writeUInt32LE(at, 10);
		directory.push(Buffer.from('PK\x01\x02\x14\0'), fields, place, nameBytes);
		const file = Buffer.concat([Buffer.from('PK\x03\x04'), fields, nameBytes, stored]);
		parts.push(file);
		at += file.length;
	}
	const listed = Buffer.concat(directory);
	const isLarge = files.length >= 0xffff;
	const end = Buffer.alloc(22);
	end.write('PK\x05\x06', 'latin1');
	end.writeUInt16LE(Math.min(files.length, 0xffff), 8);
	end.writeUInt16LE(Math.min(files.length, 0xffff), 10);
	end.writeUInt32LE(isLarge ? 0xffffffff : listed.length, 12);
	end.writeUInt32LE(isLarge ? 0xffffffff : at, 16);
	end.writeUInt16LE(comment.length, 20);
	const larger = isLarge ? recordsOfLarge(files.length, listed.length, at) : Buffer.alloc(0);
	return Buffer.concat([...parts, listed, larger, end, Buffer.from(comment)]);
}

/** The record of Zip64, and what tells where it is. */
function recordsOfLarge(count: number, directoryBytes: number, directoryAt: number): Buffer {
	const records = Buffer.alloc(56 + 20);
	records.write('PK\x06\x06', 'latin1');
	records.writeBigUInt64LE(44n, 4);
	for (const at of [24, 32]) records.writeBigUInt64LE(BigInt(count), at);
	records.writeBigUInt64LE(BigInt(directoryBytes), 40);
	records.writeBigUInt64LE(BigInt(directoryAt), 48);
	records.write('PK\x06\x07', 56, 'latin1');
	records.writeBigUInt64LE(BigInt(directoryAt + directoryBytes), 64);
	records.writeUInt32LE(1, 72);
	return records;
}
