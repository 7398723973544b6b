import { gzipSync, zstdCompressSync } from 'node:zlib';
import { rawEntry } from '../../support/archives/raw-tar.ts';
import { file, type TarEntry } from '../../support/archives/tar-entry.ts';
import { json, sha256 } from '../../support/archives/write-archive.ts';

/*
 * Layers with a table of contents, as stargz-snapshotter (estargz.md) and containers/storage (zstd-chunked) write them: every content
 * begins where packed data begins, and the table says where that is.
 */

export interface TocLayer {
	readonly blob: Uint8Array;
	/** The uncompressed tar. */
	readonly tar: Uint8Array;
	readonly annotations: Readonly<Record<string, string>>;
}

const types: Readonly<Record<TarEntry['type'], string>> = {
	file: 'reg',
	'hard-link': 'hardlink',
	symlink: 'symlink',
	'character-device': 'char',
	'block-device': 'block',
	directory: 'dir',
	fifo: 'fifo',
};

const endMark = new Uint8Array(1024);
const CHUNK_BYTES = 50_000;

/** `isLossless`: converted with the end mark of the tar before the table, so that nobody who reads the tar sees the table. */
export function estargzLayer(
	entries: readonly TarEntry[],
	{ isLossless }: { readonly isLossless: boolean },
): TocLayer {
	const parts = new PackedParts((bytes) => gzipSync(bytes, { level: 1 }));
	const items = entries.flatMap((entry) => parts.add(entry));
	if (isLossless) parts.append(endMark);
	const table = json({ version: 1, entries: items });
	const start = parts.packedBytes;
	parts.append(Buffer.concat([rawEntry(file('stargz.index.json', table, { mode: 0, mtime: 0 })), endMark]));
	const tar = parts.unpacked();
	return {
		blob: Buffer.concat([parts.packed(), footerFor(start)]),
		tar,
		annotations: {
			'containerd.io/snapshot/stargz/toc.digest': sha256(table),
			'io.containers.estargz.uncompressed-size': String(tar.length),
		},
	};
}

/** `withHeaders`: with the headers and the padding of the tar kept beside the table, as later versions do. */
export function chunkedLayer(entries: readonly TarEntry[], { withHeaders = false } = {}): TocLayer {
	const parts = new PackedParts((bytes) => zstdCompressSync(bytes));
	const items = entries.flatMap((entry) => parts.add(entry));
	parts.append(endMark);
	const headers = zstdCompressSync(tarSplit(entries));
	const table = json({ version: 1, entries: items, ...(withHeaders && { tarSplitDigest: sha256(headers) }) });
	const packedTable = zstdCompressSync(table);
	const frames = Buffer.concat([parts.packed(), skippableFrame(packedTable)]);
	const start = frames.length - packedTable.length;
	const rest = withHeaders ? [skippableFrame(headers)] : [];
	const prefix = 'io.github.containers.zstd-chunked';
	return {
		blob: Buffer.concat([frames, ...rest, skippableFrame(Buffer.alloc(64))]),
		tar: parts.unpacked(),
		annotations: {
			[`${prefix}.manifest-checksum`]: sha256(packedTable),
			[`${prefix}.manifest-position`]: `${start}:${packedTable.length}:${table.length}:1`,
			...(withHeaders && { [`${prefix}.tarsplit-position`]: `${frames.length + 8}:${headers.length}:1` }),
		},
	};
}

/** Headers and padding as they are, and of contents the size. */
function tarSplit(entries: readonly TarEntry[]): Buffer {
	const lines = entries.flatMap((entry) => {
		const tar = rawEntry(entry);
		const size = entry.type === 'file' ? entry.content.length : 0;
		const headerBytes = tar.length - Math.ceil(size / 512) * 512;
		return [
			{ type: 2, payload: tar.subarray(0, headerBytes) },
			...(size === 0 ? [] : [{ type: 1, name: 'x', size, payload: Buffer.alloc(8) }]),
			...(size === 0 ? [] : [{ type: 2, payload: tar.subarray(headerBytes + size) }]),
		];
	});
	const all = [...lines, { type: 2, payload: endMark }];
	const text = all.map((line) =>
		JSON.stringify({ ...line, payload: Buffer.from(line.payload).toString('base64') }),
	);
	return Buffer.from(`${text.join('\n')}\n`);
}

/** A tar in parts that are packed each by itself. */
class PackedParts {
	packedBytes = 0;
	readonly #packed: Uint8Array[] = [];
	readonly #unpacked: Uint8Array[] = [];
	readonly #pack: (bytes: Uint8Array) => Uint8Array;

	constructor(pack: (bytes: Uint8Array) => Uint8Array) {
		this.#pack = pack;
	}

	append(bytes: Uint8Array): void {
		const packed = this.#pack(bytes);
		this.#packed.push(packed);
		this.#unpacked.push(bytes);
		this.packedBytes += packed.length;
	}

	/** Appends an entry, a large one in chunks; gives what the table says of it. */
	add(entry: TarEntry): readonly Readonly<Record<string, unknown>>[] {
		const tar = rawEntry(entry);
		const contentBytes = entry.type === 'file' ? entry.content.length : 0;
		const headerBytes = tar.length - Math.ceil(contentBytes / 512) * 512;
		this.append(tar.subarray(0, headerBytes));
		const chunks: { offset: number; start: number; bytes: number }[] = [];
		for (let start = 0; start < contentBytes; start += CHUNK_BYTES) {
			const bytes = Math.min(CHUNK_BYTES, contentBytes - start);
			chunks.push({ offset: this.packedBytes, start, bytes });
			this.append(entry.content.subarray(start, start + bytes));
		}
		const endOffset = this.packedBytes;
		if (contentBytes > 0) this.append(tar.subarray(headerBytes + contentBytes));
		const name = Buffer.from(entry.name).toString();
		const [first, ...later] = chunks.map(({ offset, start, bytes }) => ({
			offset,
			...(start > 0 ? { chunkOffset: start } : {}),
			...(chunks.length > 1 ? { chunkSize: bytes } : {}),
		}));
		return [
			{ ...itemOf(entry, name), ...first, ...(first ? { endOffset } : {}) },
			...later.map((chunk) => ({ type: 'chunk', name, ...chunk })),
		];
	}

	packed(): Buffer {
		return Buffer.concat(this.#packed);
	}

	unpacked(): Buffer {
		return Buffer.concat(this.#unpacked);
	}
}

function itemOf(entry: TarEntry, name: string): Readonly<Record<string, unknown>> {
	const { mode, uid, gid, mtime, content, type, device, xattrs = {} } = entry;
	const target = Buffer.from(entry.target).toString();
	return {
		type: types[type],
		name,
		mode,
		...(uid === 0 ? {} : { uid }),
		...(gid === 0 ? {} : { gid }),
		modtime: new Date(mtime * 1000).toISOString().replace('.000Z', 'Z'),
		...(target === '' ? {} : { linkName: target }),
		...(device[0] === 0 ? {} : { devMajor: device[0], devMinor: device[1] }),
		...(Object.keys(xattrs).length === 0 ? {} : { xattrs: inBase64(xattrs) }),
		...(type === 'file' && content.length > 0 ? { size: content.length, digest: sha256(content) } : {}),
	};
}

function inBase64(xattrs: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
	const pairs = Object.entries(xattrs);
	return Object.fromEntries(pairs.map(([name, value]) => [name, Buffer.from(value).toString('base64')]));
}

/** An empty gzip member with the place of the table in its extra field. */
function footerFor(start: number): Buffer {
	const text = `${start.toString(16).padStart(16, '0')}STARGZ`;
	const header = Buffer.from([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 255, 26, 0, 0x53, 0x47, 22, 0]);
	const stored = Buffer.from([1, 0, 0, 255, 255]);
	return Buffer.concat([header, Buffer.from(text), stored, Buffer.alloc(8)]);
}

function skippableFrame(content: Uint8Array): Buffer {
	const header = Buffer.alloc(8);
	header.writeUInt32LE(0x184d2a50, 0);
	header.writeUInt32LE(content.length, 4);
	return Buffer.concat([header, content]);
}
