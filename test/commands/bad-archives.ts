import { crc32, gzipSync, zstdCompressSync } from 'node:zlib';
import { rawEntry, rawTar } from '../support/archives/raw-tar.ts';
import { file, symlink, type TarEntry } from '../support/archives/tar-entry.ts';
import { json, layerTar } from '../support/archives/write-archive.ts';
import { packedSmallImage } from '../support/images/packed-image.ts';
import {
	archiveOfFiles,
	archiveWithout,
	manifestOf,
	smallArchive,
	smallImage,
} from '../support/images/small-image.ts';

/** Archives of which no figure can be given, by what is wrong with them. */
export type BadArchives = Readonly<Record<string, Uint8Array>>;

const whole = smallArchive();
const bottom = smallImage['1/layer.tar'];
const hex = 'a'.repeat(64);
const wrongChecksum = [rawEntry(file('a', 'x')), rawEntry(file('b'), { checksumError: 1 })];

export const noImages: BadArchives = {
	'an empty file': Buffer.alloc(0),
	'a short text file': Buffer.from('just text\n'),
	'a long text file': Buffer.alloc(5000, 'just text\n'),
	'a compressed text file': gzipSync('just text\n'),
	'a tar of something else': archiveOfFiles({ 'README.md': 'no image' }),
	'a tar of nothing': layerTar([]),
};

export const cutArchives: BadArchives = {
	'cut in the first header': whole.subarray(0, 300),
	'cut in the first layer': whole.subarray(0, 1500),
	'cut in the second layer': whole.subarray(0, 512 + bottom.length + 512 + 700),
	'cut in front of the manifest': whole.subarray(0, -2048),
	'cut in the manifest': whole.subarray(0, -1024 - 480),
	'a gzip that ends early': storedGzip(whole).subarray(0, 5000),
	'a gzip that ends before its checksum': storedGzip(whole).subarray(0, -8),
	'a zstd that ends early': zstdCompressSync(whole).subarray(0, 200),
	'an xz that ends early': packedSmallImage.xz.subarray(0, 300),
	'a bzip2 that ends early': packedSmallImage.bzip2.subarray(0, 300),
	'a layer whose gzip ends early': smallArchive({ '2/layer.tar': storedGzip(bottom).subarray(0, 1000) }),
	'a layer whose zstd ends early': smallArchive({ '2/layer.tar': zstdCompressSync(bottom).subarray(0, 60) }),
	'a layer that ends early': smallArchive({ '2/layer.tar': bottom.subarray(0, 1100) }),
};

export const damagedArchives: BadArchives = {
	'a bad header checksum': rawTar([rawEntry(file('1/layer.tar', bottom)), ...wrongChecksum.slice(1)]),
	'a bad header checksum in a layer': smallArchive({ '2/layer.tar': rawTar(wrongChecksum) }),
	'a gzip that is damaged': damaged(storedGzip(whole), -8),
	'an xz that is damaged': damaged(packedSmallImage.xz, 100),
	'a bzip2 that is damaged': damaged(packedSmallImage.bzip2, 100),
	'a layer whose gzip is damaged': smallArchive({ '1/layer.tar': damaged(storedGzip(bottom), -8) }),
	'a layer that is a short text': smallArchive({ '1/layer.tar': 'just text\n' }),
	'a layer that is a long text': smallArchive({ '1/layer.tar': 'just text\n'.repeat(100) }),
	'a layer that is JSON': smallArchive({ '1/layer.tar': json({ a: 'x'.repeat(600) }) }),
	'a layer that is a compressed text': smallArchive({ '1/layer.tar': gzipSync('just text\n') }),
};

export const lyingArchives: BadArchives = {
	'a size beyond the end': rawTar([rawEntry(file('1/layer.tar', bottom), { size: 1_000_000 })]),
	'a size below zero': rawTar([rawEntry(file('1/layer.tar', bottom), { size: -5, base256Size: true })]),
	'a size beyond all numbers': oddLayer({ size: 2 ** 60, base256Size: true }),
	'a size beyond the end of a layer': oddLayer({ size: 1_000_000 }),
	'a name of more than a mebibyte': oddLayer({ typeFlag: 'L', size: 1024 * 1024 + 1 }),
	'a layer that is listed and missing': archiveWithout('2/layer.tar'),
	'a config that is listed and missing': archiveWithout('config.json'),
	'layers that are links to each other': layerTar([
		...linkTo('1/layer.tar', '../2/layer.tar'),
		...linkTo('2/layer.tar', '../1/layer.tar'),
		file('config.json', smallImage['config.json']),
		file('manifest.json', smallImage['manifest.json']),
	]),
	'a manifest that is a link to itself': layerTar(linkTo('manifest.json', 'manifest.json')),
	'an index that refers to itself': indexed(indexOf(1)),
	'an index that refers to itself ten times over': indexed(indexOf(10)),
	'an index of platforms that are not there': archiveOfFiles({ 'index.json': indexOf(1, 'arm64') }),
};

export const badDocuments: BadArchives = {
	'a config that is not JSON': smallArchive({ 'config.json': '{"architecture": ' }),
	'a config that is a list': smallArchive({ 'config.json': '[]' }),
	'a config without end of brackets': smallArchive({ 'config.json': '['.repeat(1000) }),
	'a manifest that is not JSON': smallArchive({ 'manifest.json': '[{"Config": ' }),
	'a manifest that is no list': smallArchive({ 'manifest.json': '{}' }),
	'a manifest of no image': smallArchive({ 'manifest.json': '[]' }),
	'a manifest whose layer is a number': smallArchive({ 'manifest.json': '[{"Layers": [7]}]' }),
	'an index that is not JSON': archiveOfFiles({ 'index.json': '{' }),
	'an index without digests': archiveOfFiles({ 'index.json': json({ manifests: [{ digest: 'md5:1' }] }) }),
};

export const hostileArchives: BadArchives = {
	'escape sequences in a path of the manifest': smallArchive({
		'manifest.json': manifestOf(['\u001b[2J\u202e\n/layer.tar']),
	}),
	'escape sequences in the name of a config': smallArchive({
		'manifest.json': manifestOf(['1/layer.tar'], '\u001b]0;title\u0007\u009b31m'),
		'\u001b]0;title\u0007\u009b31m': 'no JSON',
	}),
	'a path of four thousand characters': smallArchive({ 'manifest.json': manifestOf(['n'.repeat(4000)]) }),
	'a path with an escape sequence where it is cut': smallArchive({
		'manifest.json': manifestOf([`${'n'.repeat(199)}\u001b[2J`]),
	}),
};

/** A gzip of one stored block: what zlib writes differs from one version to the next, and with it where it ends. */
function storedGzip(bytes: Uint8Array): Uint8Array {
	const start = Buffer.from('1f8b08000000000000ff0100000000', 'hex');
	start.writeUInt16LE(bytes.length, 11);
	start.writeUInt16LE(~bytes.length & 0xffff, 13);
	const end = Buffer.alloc(8);
	end.writeUInt32LE(crc32(bytes), 0);
	end.writeUInt32LE(bytes.length, 4);
	return Buffer.concat([start, bytes, end]);
}

/** Eight other bytes from a position on, which is counted from the end where it is negative. */
function damaged(packed: Uint8Array, position: number): Uint8Array {
	const start = position < 0 ? packed.length + position : position;
	return packed.map((byte, index) => (index >= start && index < start + 8 ? byte ^ 0x5a : byte));
}

function oddLayer(odd: Parameters<typeof rawEntry>[1]): Uint8Array {
	return smallArchive({ '2/layer.tar': rawTar([rawEntry(file('a', 'x'), odd)]) });
}

function linkTo(path: string, target: string): readonly TarEntry[] {
	return [symlink(path, target)];
}

function indexOf(count: number, architecture?: string): Uint8Array {
	const platform = architecture === undefined ? {} : { platform: { os: 'linux', architecture } };
	return json({
		schemaVersion: 2,
		manifests: new Array(count).fill({ digest: `sha256:${hex}`, ...platform }),
	});
}

function indexed(index: Uint8Array): Uint8Array {
	return archiveOfFiles({ 'oci-layout': '{}', 'index.json': index, [`blobs/sha256/${hex}`]: index });
}
