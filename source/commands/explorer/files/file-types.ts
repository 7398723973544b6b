import { isText } from '../../../report/diff/patch/text-content.ts';
import type { FileType } from '../../../tui/model/effects/file-requests.ts';
import { utf16Of } from './utf16.ts';

interface Magic {
	/** A character for each byte. */
	readonly bytes: string;
	readonly offset?: number;
	readonly name: string;
}

/** What the first bytes of common formats are. The first that fits counts. */
const magics: readonly Magic[] = [
	{ bytes: '\x7fELF', name: 'ELF binary' },
	{ bytes: '\x89PNG\r\n\x1a\n', name: 'PNG image' },
	{ bytes: '\xff\xd8\xff', name: 'JPEG image' },
	{ bytes: 'GIF8', name: 'GIF image' },
	{ bytes: 'WEBP', offset: 8, name: 'WebP image' },
	{ bytes: 'WAVE', offset: 8, name: 'WAV audio' },
	{ bytes: 'BM', name: 'bitmap image' },
	{ bytes: '\0\0\x01\0', name: 'icon' },
	{ bytes: '%PDF-', name: 'PDF document' },
	{ bytes: 'PK\x03\x04', name: 'zip archive' },
	{ bytes: 'PK\x05\x06', name: 'zip archive, empty' },
	{ bytes: '\x1f\x8b', name: 'gzip data' },
	{ bytes: '\x28\xb5\x2f\xfd', name: 'zstd data' },
	{ bytes: '\xfd7zXZ\0', name: 'xz data' },
	{ bytes: 'BZh', name: 'bzip2 data' },
	{ bytes: '7z\xbc\xaf\x27\x1c', name: '7-Zip archive' },
	{ bytes: 'ustar', offset: 257, name: 'tar archive' },
	{ bytes: '!<arch>\n', name: 'ar archive' },
	{ bytes: '070701', name: 'cpio archive' },
	{ bytes: '\xed\xab\xee\xdb', name: 'RPM package' },
	{ bytes: 'SQLite format 3\0', name: 'SQLite database' },
	{ bytes: '\x62\x31\x05\0', offset: 12, name: 'Berkeley database' },
	{ bytes: '\x61\x15\x06\0', offset: 12, name: 'Berkeley database' },
	{ bytes: '\xca\xfe\xba\xbe', name: 'Java class or Mach-O binary' },
	{ bytes: '\xcf\xfa\xed\xfe', name: 'Mach-O binary' },
	{ bytes: 'MZ', name: 'Windows program' },
	{ bytes: '\0asm', name: 'WebAssembly module' },
	{ bytes: 'wOF2', name: 'WOFF2 font' },
	{ bytes: 'wOFF', name: 'WOFF font' },
	{ bytes: '\0\x01\0\0\0', name: 'TrueType font' },
	{ bytes: 'OTTO', name: 'OpenType font' },
	{ bytes: 'ID3', name: 'MP3 audio' },
	{ bytes: 'OggS', name: 'Ogg media' },
	{ bytes: 'ftyp', offset: 4, name: 'MP4 media' },
	{ bytes: '\xde\x12\x04\x95', name: 'gettext catalogue' },
	{ bytes: 'TZif', name: 'time zone data' },
];

/** Enough for every format of the table. */
const MOST_BYTES = 512;

/** What the start of a content tells. */
export function fileTypeOf(start: Uint8Array): FileType {
	if (isText(start)) return { name: 'text', isText: true };
	if (utf16Of(start) !== null) return { name: 'text, UTF-16', isText: true };
	const { buffer, byteOffset, length } = start;
	const head = Buffer.from(buffer, byteOffset, Math.min(length, MOST_BYTES)).toString('latin1');
	const found = magics.find(({ bytes, offset = 0 }) => head.startsWith(bytes, offset));
	if (found !== undefined) return { name: found.name, isText: false };
	// Text in another encoding than UTF-8 has no NUL and hardly a control character.
	return isOldText(start) ? { name: 'text, not UTF-8', isText: true } : { name: 'binary', isText: false };
}

function isOldText(start: Uint8Array): boolean {
	let odd = 0;
	const sample = start.subarray(0, MOST_BYTES);
	for (const byte of sample) {
		if (byte === 0) return false;
		if ((byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x1b) || byte >= 0x80)
			odd += 1;
	}
	return odd * 3 < sample.length;
}
