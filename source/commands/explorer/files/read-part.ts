import { secretRanges } from '../../../facts/secrets/find-secrets.ts';
import { namedRulesFor } from '../../../facts/secrets/named-rules.ts';
import { TimeSlice } from '../../../sources/time-slice.ts';
import type { FilePart } from '../../../tui/model/effects/file-requests.ts';
import { fileTypeOf } from './file-types.ts';

const LINE_FEED = 0x0a;
const ASTERISK = 0x2a;

/** Secrets are found in parts of this length; a longer one is searched in pieces. */
const MOST_SEARCHED_BYTES = 1024 * 1024;

export interface PartToRead {
	/** Without a leading slash. */
	readonly path: string;
	readonly start: number;
	readonly length: number;
	readonly isRevealed: boolean;
	readonly signal: AbortSignal;
}

/** Reads a part of a content, in time slices; what comes before it is read and thrown away. Throws what the pieces throw, and `interrupted`. */
export async function readPart(
	pieces: AsyncIterable<Uint8Array>,
	{ path, start, length, isRevealed, signal }: PartToRead,
): Promise<FilePart> {
	const slice = new TimeSlice(signal);
	const kept: Uint8Array[] = [];
	let [position, keptBytes, linesBefore] = [0, 0, 0];
	for await (const piece of pieces) {
		const before = Math.max(0, Math.min(piece.length, start - position));
		linesBefore += lineBreaksIn(piece.subarray(0, before));
		const part = piece.subarray(before, before + length - keptBytes);
		if (part.length > 0) kept.push(part.slice());
		keptBytes += part.length;
		position += piece.length;
		if (keptBytes === length) break;
		await slice.yield();
	}
	const bytes = new Uint8Array(Buffer.concat(kept));
	const type = start === 0 ? fileTypeOf(bytes) : null;
	const masked = isRevealed ? 0 : maskSecrets(bytes, path, type?.isText ?? true);
	return { kind: 'read', start, bytes, linesBefore, type, masked };
}

/** Puts asterisks in the place of values that look secret. Gives how many. */
export function maskSecrets(bytes: Uint8Array, path: string, isText: boolean): number {
	const named = namedRulesFor(path);
	let masked = 0;
	for (let from = 0; from < bytes.length; from += MOST_SEARCHED_BYTES) {
		const searched = bytes.subarray(from, from + MOST_SEARCHED_BYTES);
		for (const { start, end } of secretRanges(searched, { named, isText })) {
			masked += 1;
			for (let at = start; at < end; at++) if (searched[at] !== LINE_FEED) searched[at] = ASTERISK;
		}
	}
	return masked;
}

function lineBreaksIn(bytes: Uint8Array): number {
	let count = 0;
	for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) count += 1;
	return count;
}
