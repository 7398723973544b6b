import type { CompressionDifference } from '../../../diff/reproducible/compression-difference.ts';
import type { GzipFieldDifference, GzipFieldName } from '../../../diff/reproducible/gzip-header.ts';
import { formatCount } from '../../../text/bytes.ts';
import { formatOffset, formatText, formatTimes, hexLines } from './values.ts';

const sameCompressor =
	'Compress both with the same program, version and level: --output type=image,compression=gzip,compression-level=6,force-compression=true.';

/** How two blobs differ whose tars are equal, and what to try. */
export function compressionLines(difference: CompressionDifference): readonly string[] {
	switch (difference.kind) {
		case 'format':
			return [
				'First difference: compression, the uncompressed tars are equal',
				`  format: ${difference.formats.map((format) => (format === 'none' ? 'uncompressed' : format)).join(' -> ')}`,
				'try: Build both with the same compression, such as --output type=image,compression=zstd,force-compression=true; docker save without the containerd image store writes layers uncompressed.',
			];
		case 'gzip-header':
			return [
				'First difference: gzip header, the uncompressed tars are equal',
				...difference.fields.map((field) => `  ${gzipLine(field)}`),
				...new Set(difference.fields.map(({ name }) => `try: ${gzipAdvice(name)}`)),
				difference.data === null
					? 'Nothing else differs in this layer.'
					: `The compressed data differs too, from ${formatOffset(difference.data)} behind the header on.`,
			];
		case 'data': {
			const [older, newer] = difference.bytes;
			const sizes = older === newer ? formatCount(older) : `${formatCount(older)} -> ${formatCount(newer)}`;
			return [
				'First difference: compressed data, the uncompressed tars are equal',
				`  ${difference.format}: different from ${formatOffset(difference.at)} of ${sizes} on`,
				...hexLines(difference.at).map((line) => `  ${line}`),
				`try: ${sameCompressor}`,
			];
		}
	}
}

function gzipLine({ name, older, newer }: GzipFieldDifference): string {
	if (name === 'mtime' && typeof older === 'number' && typeof newer === 'number')
		return `mtime: ${formatTimes(older, newer)}`;
	return `${name}: ${[older, newer].map((value) => formatGzipValue(name, value)).join(' -> ')}`;
}

function formatGzipValue(name: GzipFieldName, value: number | string | null): string {
	if (typeof value !== 'number') return formatText(value);
	const meanings = name === 'operating system' ? systems : name === 'extra flags' ? levels : {};
	const meaning = meanings[value];
	return meaning === undefined ? String(value) : `${value} (${meaning})`;
}

/** RFC 1952, 2.3.1 "Member header and trailer", OS. */
const systems: Readonly<Record<number, string>> = {
	0: 'FAT',
	3: 'Unix',
	7: 'Macintosh',
	11: 'NTFS',
	255: 'unknown',
};
/** RFC 1952, 2.3.1, XFL. */
const levels: Readonly<Record<number, string>> = { 2: 'slowest, best compression', 4: 'fastest' };

function gzipAdvice(name: GzipFieldName): string {
	switch (name) {
		case 'mtime':
		case 'file name':
			return 'Compress with gzip -n, which writes neither name nor time.';
		default:
			return sameCompressor;
	}
}
