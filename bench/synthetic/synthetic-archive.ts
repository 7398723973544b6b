import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SYNTHETIC_LAYERS, type SyntheticEntry, syntheticLayer } from './synthetic-layers.ts';

const BLOCK = 512;
const MODIFIED = 1_767_225_600;
const format = 1;
const typeFlags = { file: '0', link: '1', symlink: '2', directory: '5' } as const;

/** Contents are cut out of this, at a place that depends on their number. */
const pool = makePool(1 << 20);

/** The path of an archive, as `docker save` writes it, with `entries` entries over 40 layers. Made once, then kept in bench/data. */
export function syntheticArchive(entries: number): string {
	const folder = fileURLToPath(new URL('../data/', import.meta.url));
	const path = `${folder}synthetic-${entries}-v${format}.tar`;
	if (existsSync(path)) return path;
	mkdirSync(folder, { recursive: true });
	const unfinished = `${path}.unfinished`;
	const file = openSync(unfinished, 'w');
	try {
		writeArchive(file, entries / SYNTHETIC_LAYERS);
	} finally {
		closeSync(file);
	}
	renameSync(unfinished, path);
	return path;
}

function writeArchive(file: number, entriesPerLayer: number): void {
	const diffIds: string[] = [];
	const names: string[] = [];
	for (let layer = 0; layer < SYNTHETIC_LAYERS; layer++) {
		const tar = packLayer(syntheticLayer(layer, entriesPerLayer));
		const digest = sha256(tar);
		const name = `${digest}/layer.tar`;
		diffIds.push(`sha256:${digest}`);
		names.push(name);
		writeMember(file, name, tar);
	}
	const config = Buffer.from(JSON.stringify(configOf(diffIds)));
	const configName = `${sha256(config)}.json`;
	writeMember(file, configName, config);
	const manifest = [{ Config: configName, RepoTags: ['synthetic:1'], Layers: names }];
	writeMember(file, 'manifest.json', Buffer.from(JSON.stringify(manifest)));
	endArchive(file);
}

/** Writes the two blocks of zeros at the end of a tar. */
export function endArchive(file: number): void {
	writeSync(file, Buffer.alloc(2 * BLOCK));
}

/** The config of an image with these layers. */
export function configOf(diffIds: readonly string[]): object {
	return {
		architecture: 'amd64',
		os: 'linux',
		config: { Cmd: ['node'] },
		rootfs: { type: 'layers', diff_ids: diffIds },
		history: diffIds.map((_, layer) => ({
			created: '2026-01-01T00:00:00Z',
			created_by: `RUN step ${layer + 1}`,
		})),
	};
}

/** The tar of a layer. */
export function packLayer(entries: readonly SyntheticEntry[]): Buffer {
	const bytes = entries.reduce((sum, { size }) => sum + BLOCK + roundUp(size), 2 * BLOCK);
	const tar = Buffer.alloc(bytes);
	let position = 0;
	for (const entry of entries) {
		writeHeader(tar.subarray(position, position + BLOCK), entry);
		position += BLOCK;
		const start = entry.contentId % (pool.length - entry.size);
		pool.copy(tar, position, start, start + entry.size);
		position += roundUp(entry.size);
	}
	return tar;
}

/** Writes a file of a tar. */
export function writeMember(file: number, path: string, content: Buffer): void {
	const header = Buffer.alloc(BLOCK);
	writeHeader(header, {
		path,
		type: 'file',
		size: content.length,
		contentId: 0,
		mode: 0o644,
		owner: 0,
		target: '',
	});
	writeSync(file, header);
	writeSync(file, content);
	writeSync(file, Buffer.alloc(roundUp(content.length) - content.length));
}

/** A ustar header (POSIX.1-1988). All names here are short enough for its first field. */
function writeHeader(block: Buffer, entry: SyntheticEntry): void {
	if (entry.path.length > 99 || entry.target.length > 99)
		throw new Error(`too long for a plain header: ${entry.path}`);
	const name = entry.type === 'directory' ? `${entry.path}/` : entry.path;
	block.write(name, 0, 'latin1');
	block.write(octal(entry.mode, 7), 100, 'latin1');
	block.write(octal(entry.owner, 7), 108, 'latin1');
	block.write(octal(entry.owner, 7), 116, 'latin1');
	block.write(octal(entry.size, 11), 124, 'latin1');
	block.write(octal(MODIFIED, 11), 136, 'latin1');
	block.write('        ', 148, 'latin1');
	block.write(typeFlags[entry.type], 156, 'latin1');
	block.write(entry.target, 157, 'latin1');
	block.write('ustar\u000000', 257, 'latin1');
	let sum = 0;
	for (let index = 0; index < BLOCK; index++) sum += block[index];
	block.write(`${octal(sum, 6)}\u0000 `, 148, 'latin1');
}

function octal(value: number, digits: number): string {
	return value.toString(8).padStart(digits, '0');
}

function roundUp(size: number): number {
	return Math.ceil(size / BLOCK) * BLOCK;
}

/** As hexadecimal digits. */
export function sha256(bytes: Uint8Array): string {
	return createHash('sha256').update(bytes).digest('hex');
}

function makePool(bytes: number): Buffer {
	const content = Buffer.alloc(bytes);
	let state = 0x2545f491;
	for (let index = 0; index < bytes; index++) {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		content[index] = 32 + ((state >>> 8) % 95);
	}
	return content;
}
