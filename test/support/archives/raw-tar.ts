import { bytesOf, type TarEntry, type TarEntryType } from './tar-entry.ts';

/*
 * Tar headers written byte by byte, so that a test can get any of them wrong. Formats: POSIX.1-2017 pax, "ustar Interchange
 * Format"; GNU tar manual, "Basic Tar Format".
 */

export const blockBytes = 512;

/** The fields of a header, as they go into it. */
export interface RawHeader {
	readonly name: Uint8Array;
	readonly typeFlag: string;
	readonly mode: number;
	readonly uid: number;
	readonly gid: number;
	readonly size: number;
	readonly mtime: number;
	readonly target: Uint8Array;
	readonly device: readonly [number, number];
	/** `ustar` of POSIX, `gnu` of GNU tar, or none as in the seventh edition of Unix. */
	readonly magic: 'ustar' | 'gnu' | 'none';
	/** Writes the size in base 256, as GNU tar does from 8 GiB on. */
	readonly base256Size: boolean;
	/** What is added to the right checksum. */
	readonly checksumError: number;
	/** What goes before the name, with a slash between them. */
	readonly prefix: Uint8Array;
}

const typeFlags: Readonly<Record<TarEntryType, string>> = {
	file: '0',
	'hard-link': '1',
	symlink: '2',
	'character-device': '3',
	'block-device': '4',
	directory: '5',
	fifo: '6',
};

/** An entry with its content: as it should be, but for what `odd` overrides. Names beyond 100 bytes get a GNU long name before it. */
export function rawEntry(entry: TarEntry, odd: Partial<RawHeader> = {}): Uint8Array {
	const header: RawHeader = {
		name: bytesOf(entry.name),
		typeFlag: typeFlags[entry.type],
		mode: entry.mode,
		uid: entry.uid,
		gid: entry.gid,
		size: entry.content.length,
		mtime: entry.mtime,
		target: bytesOf(entry.target),
		device: entry.device,
		magic: 'ustar',
		base256Size: false,
		checksumError: 0,
		prefix: new Uint8Array(),
		...odd,
	};
	const xattrs = Object.entries(entry.xattrs ?? {}).map(([name, value]) => [`SCHILY.xattr.${name}`, value]);
	return Buffer.concat([
		...(xattrs.length > 0 ? [paxHeader(Object.fromEntries(xattrs))] : []),
		...(header.name.length > 100 ? [gnuLong('L', header.name)] : []),
		...(header.target.length > 100 ? [gnuLong('K', header.target)] : []),
		rawHeader(header),
		padded(entry.content),
	]);
}

/** GNU tar's entry that holds the name (`L`) or the link target (`K`) of the entry after it. */
export function gnuLong(typeFlag: 'L' | 'K', text: Uint8Array): Uint8Array {
	const content = Buffer.concat([text, Buffer.alloc(1)]);
	return special('././@LongLink', typeFlag, content);
}

/** A pax extended header (`x`, for the entry after it; `g`, for all entries after it) with the given records. */
export function paxHeader(
	records: Readonly<Record<string, string | Uint8Array>>,
	typeFlag: 'x' | 'g' = 'x',
): Uint8Array {
	return paxRecords(Object.entries(records), typeFlag);
}

/** The same for records of which several may have one key. */
export function paxRecords(
	records: readonly (readonly [string, string | Uint8Array])[],
	typeFlag: 'x' | 'g' = 'x',
): Uint8Array {
	return special('PaxHeaders/x', typeFlag, Buffer.concat(records.map(paxRecord)));
}

/** A tar of the given parts, closed by two blocks of zeros. */
export function rawTar(parts: readonly Uint8Array[]): Uint8Array {
	return Buffer.concat([...parts, Buffer.alloc(2 * blockBytes)]);
}

export function rawHeader(header: RawHeader): Uint8Array {
	const block = Buffer.alloc(blockBytes);
	block.set(header.name.subarray(0, 100), 0);
	block.write(octal(header.mode, 8), 100, 'latin1');
	block.write(octal(header.uid, 8), 108, 'latin1');
	block.write(octal(header.gid, 8), 116, 'latin1');
	if (header.base256Size) block.set(base256(header.size, 12), 124);
	else block.write(octal(header.size, 12), 124, 'latin1');
	block.write(octal(header.mtime, 12), 136, 'latin1');
	block.write(header.typeFlag, 156, 'latin1');
	block.set(header.target.subarray(0, 100), 157);
	if (header.magic !== 'none') {
		block.write(header.magic === 'gnu' ? 'ustar  \0' : 'ustar\x0000', 257, 'latin1');
		block.write(octal(header.device[0], 8), 329, 'latin1');
		block.write(octal(header.device[1], 8), 337, 'latin1');
		block.set(header.prefix.subarray(0, 155), 345);
	}
	block.write(octal(checksum(block) + header.checksumError, 7), 148, 'latin1');
	return block;
}

/** The sum of all bytes of a header, its own field read as eight spaces. */
export function checksum(block: Uint8Array): number {
	return block.reduce((sum, byte, index) => sum + (index >= 148 && index < 156 ? 0x20 : byte), 0);
}

/** A header with the checksum that it should have. */
export function withChecksum(header: Uint8Array): Uint8Array {
	const block = Buffer.from(header);
	block.write(`${checksum(block).toString(8).padStart(6, '0')}\0`, 148, 'latin1');
	return block;
}

export function padded(content: Uint8Array): Uint8Array {
	return Buffer.concat([content, Buffer.alloc((blockBytes - (content.length % blockBytes)) % blockBytes)]);
}

function special(name: string, typeFlag: string, content: Uint8Array): Uint8Array {
	const entry = { mode: 0o644, uid: 0, gid: 0, mtime: 0, target: '', device: [0, 0] as const };
	return rawEntry({ ...entry, name, type: 'file', content }, { typeFlag });
}

/** `LENGTH KEY=VALUE\n`, where the length counts its own digits. */
function paxRecord([key, value]: readonly [string, string | Uint8Array]): Uint8Array {
	const rest = Buffer.concat([Buffer.from(` ${key}=`), bytesOf(value), Buffer.from('\n')]);
	let length = rest.length;
	while (length !== rest.length + String(length).length) length = rest.length + String(length).length;
	return Buffer.concat([Buffer.from(String(length)), rest]);
}

function octal(value: number, width: number): string {
	return `${value.toString(8).padStart(width - 1, '0')}\0`;
}

/** Two's complement, highest byte first, with the highest bit of the field set for a positive number. */
function base256(value: number, width: number): Uint8Array {
	const bytes = new Uint8Array(width).fill(value < 0 ? 0xff : 0);
	let rest = BigInt(value);
	for (let index = width - 1; index > 0; index--) {
		bytes[index] = Number(BigInt.asUintN(8, rest));
		rest >>= 8n;
	}
	if (value >= 0) bytes[0] = 0x80;
	return bytes;
}
