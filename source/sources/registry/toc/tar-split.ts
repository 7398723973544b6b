import { isObject } from '../../../image/json.ts';

const FILE = 1;
const SEGMENT = 2;

/**
 * The size of a tar from a list written by tar-split (the tar-split project, "JSON packer"), which has a line of JSON for each run of headers
 * and padding and for each content between them. Null for anything else.
 */
export function sumOfTarSplit(lines: Uint8Array): number | null {
	let sum = 0;
	for (const line of new TextDecoder().decode(lines).split('\n')) {
		if (line === '') continue;
		const bytes = bytesOf(line);
		if (bytes === null) return null;
		sum += bytes;
	}
	return Number.isSafeInteger(sum) ? sum : null;
}

function bytesOf(line: string): number | null {
	try {
		const entry: unknown = JSON.parse(line);
		if (!isObject(entry)) return null;
		if (entry.type === SEGMENT && typeof entry.payload === 'string')
			return Buffer.from(entry.payload, 'base64').length;
		const size = entry.size ?? 0;
		return entry.type === FILE && typeof size === 'number' && size >= 0 ? size : null;
	} catch {
		return null;
	}
}
