import type { FathomError } from '../../errors.ts';
import { TarError } from '../../tar/tar-error.ts';
import { asLayerError } from '../layer-error.ts';
import { notAnImage } from '../store/no-image.ts';

/** As many bytes of the start of a file as it takes to tell its kind: the mark of an ISO image comes behind 32 KiB. */
export const START_BYTES = 33 * 1024;

/**
 * Words for an archive that cannot be read as a tar: where the start of the file tells that it is something else altogether, what that is.
 * Everything but errors of a tar passes through.
 */
export function asArchiveError(error: unknown, label: string, start: Uint8Array): unknown {
	const isNoTar = error instanceof TarError && error.isAtStart;
	return (isNoTar ? otherFile(start, label) : null) ?? asLayerError(error, label);
}

/** For a file that is something else altogether; null for what is unknown. A disk may begin with zeros, which is an empty tar. */
export function otherFile(start: Uint8Array, label: string): FathomError | null {
	const kind = fileKindOf(start);
	return kind && notAnImage(label, `it is ${kind.what}`, kind.hint);
}

interface FileKind {
	/** With its article. */
	readonly what: string;
	/** Absent where there is nothing better to try than another name. */
	readonly hint?: string;
}

/** What a file is that people take for an image, by its first bytes; null for a tar and for what is unknown. */
function fileKindOf(start: Uint8Array): FileKind | null {
	const magic = magics.find(({ at = 0, bytes }) => bytes.every((byte, index) => start[at + index] === byte));
	return magic ?? textKindOf(start);
}

interface Magic extends FileKind {
	readonly at?: number;
	readonly bytes: readonly number[];
}

const UNPACK = 'Unpack it, and open the image archive or the OCI layout in it.';
const DISK = 'fathom reads container images, not disks. Open the image that it was made from.';
const PACKAGE = 'fathom reads container images, not packages.';

const magics: readonly Magic[] = [
	{ bytes: ascii('PK\x03\x04'), what: 'a ZIP file', hint: UNPACK },
	{ bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], what: 'a 7z file', hint: UNPACK },
	{ bytes: ascii('Rar!'), what: 'a RAR file', hint: UNPACK },
	{
		bytes: [0x04, 0x22, 0x4d, 0x18],
		what: 'compressed with lz4',
		hint: 'Unpack it with lz4 -d, and open what comes out.',
	},
	{
		bytes: [0x1f, 0x9d],
		what: 'compressed with compress',
		hint: 'Unpack it with uncompress, and open what comes out.',
	},
	{
		bytes: [0x5d, 0x00, 0x00],
		what: 'compressed with lzma',
		hint: 'Unpack it with xz -d, and open what comes out.',
	},
	{
		bytes: ascii('LZIP'),
		what: 'compressed with lzip',
		hint: 'Unpack it with lzip -d, and open what comes out.',
	},
	{ bytes: ascii('07070'), what: 'a cpio archive', hint: UNPACK },
	{ bytes: [0xed, 0xab, 0xee, 0xdb], what: 'an RPM package', hint: PACKAGE },
	{ bytes: ascii('!<arch>'), what: 'a Debian package or an ar archive', hint: PACKAGE },
	{ bytes: ascii('QFI\xfb'), what: 'a qcow2 disk image', hint: DISK },
	{ bytes: ascii('KDMV'), what: 'a VMDK disk image', hint: DISK },
	{ bytes: ascii('vhdxfile'), what: 'a VHDX disk image', hint: DISK },
	{ at: 0x8001, bytes: ascii('CD001'), what: 'an ISO image', hint: DISK },
	{ at: 1080, bytes: [0x53, 0xef], what: 'an ext4 file system', hint: DISK },
	{ at: 1024, bytes: [0xe2, 0xe1, 0xf5, 0xe0], what: 'an EROFS file system', hint: DISK },
	{ bytes: ascii('hsqs'), what: 'a squashfs file system', hint: DISK },
	{
		at: 32,
		bytes: ascii('SIF_MAGIC'),
		what: 'a Singularity image (SIF)',
		hint: 'Open the container image that it was built from.',
	},
	{ bytes: ascii('\x7fELF'), what: 'a program' },
	{
		bytes: ascii('\0asm'),
		what: 'a WebAssembly module',
		hint: 'fathom reads container images; a module has no file system.',
	},
	{ bytes: ascii('%PDF'), what: 'a PDF document' },
];

function ascii(text: string): readonly number[] {
	return [...Buffer.from(text, 'latin1')];
}

/** Text that people hand over in place of an image. */
function textKindOf(start: Uint8Array): FileKind | null {
	const text = Buffer.from(start.subarray(0, 4096)).toString('utf8');
	// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what text does not have.
	if (text.trim() === '' || /[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]/.test(text)) return null;
	if (/^\s*<(?:!doctype|html)/i.test(text))
		return { what: 'a web page', hint: 'It may be a sign-in or error page: download the image again.' };
	if (/^\s*\{.*"generator"\s*:\s*\{\s*"name"\s*:\s*"fathom"/s.test(text))
		return {
			what: 'a report of fathom',
			hint: 'To compare it with an image or another report: fathom diff REPORT IMAGE, with the report as JSON or gzip',
		};
	if (/^\s*[{[]/.test(text))
		return {
			what: 'a JSON document',
			hint: 'If it belongs to an image, open the folder or the archive that it is in.',
		};
	if (/^(?:\s*(?:#[^\n]*)?\n)*\s*(?:FROM|ARG)\s/i.test(text))
		return { what: 'a Dockerfile', hint: 'To build it and look at the image: fathom build' };
	const [, name] = /^\s*([a-z0-9][\w./:@-]{0,254})\s*$/.exec(text) ?? [];
	if (name !== undefined)
		return { what: 'a text file', hint: `If it names the image, write: fathom ${name}` };
	return { what: 'a text file' };
}
