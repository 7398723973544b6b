import { formatCount, formatExactBytes } from '../../../text/bytes.ts';
import type { ChangedFile } from './changed-files.ts';
import { type DescribedBody, type FirstDifference, ROW_BYTES } from './patch-body.ts';

const sides = ['old', 'new'] as const;

/** Lines about contents that are not compared line by line, safe for a terminal. */
export function describeContent(body: DescribedBody, { versions }: ChangedFile): readonly string[] {
	const { reason, digests, firstDifference } = body;
	return [
		...(reason === null ? [] : [reason]),
		...sides.flatMap((side, index) => {
			const version = versions[index];
			return version === null ? [] : [`${side}: ${sizeAndDigest(version.bytes, digests[index]?.sha256)}`];
		}),
		...(firstDifference === null ? [] : differenceLines(firstDifference)),
	];
}

function sizeAndDigest(bytes: number, digest: string | undefined): string {
	return digest === undefined ? formatExactBytes(bytes) : `${formatExactBytes(bytes)}, sha256:${digest}`;
}

function differenceLines({ offset, rows }: FirstDifference): readonly string[] {
	const start = offset - (offset % ROW_BYTES);
	const address = start.toString(16).padStart(8, '0');
	return [
		`first difference at byte ${formatCount(offset)}:`,
		...sides.map((side, index) => `${side}: ${address}  ${dump(rows[index])}`),
	];
}

/** As `hexdump -C` writes it. */
function dump(row: Uint8Array): string {
	const hex = Array.from(row, (byte) => byte.toString(16).padStart(2, '0'));
	const [left, right] = [hex.slice(0, ROW_BYTES / 2), hex.slice(ROW_BYTES / 2)];
	const text = Array.from(row, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'));
	return `${`${left.join(' ')}  ${right.join(' ')}`.padEnd(3 * ROW_BYTES)}  |${text.join('')}|`;
}
