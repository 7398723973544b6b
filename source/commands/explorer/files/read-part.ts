import { TEXT_SAMPLE_BYTES } from '../../../report/diff/patch/text-content.ts';
import { TimeSlice } from '../../../sources/time-slice.ts';
import type { FilePart } from '../../../tui/model/effects/file-requests.ts';
import { fileTypeOf } from './file-types.ts';
import { maskSecrets, maskUtf16 } from './mask-secrets.ts';
import { lineBreakCounter, textStart, type Utf16, utf8Of, utf16Of, wholeCharacters } from './utf16.ts';

const LINE_FEED = 0x0a;

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
	const { head, all } = await withHead(pieces);
	const encoding = utf16Of(head);
	const countLineBreaks = encoding === null ? lineBreaksIn : lineBreakCounter(encoding);
	const kept: Uint8Array[] = [];
	let [position, keptBytes, linesBefore] = [0, 0, 0];
	for await (const piece of all) {
		const before = Math.max(0, Math.min(piece.length, start - position));
		linesBefore += countLineBreaks(piece.subarray(0, before));
		const part = piece.subarray(before, before + length - keptBytes);
		if (part.length > 0) kept.push(part.slice());
		keptBytes += part.length;
		position += piece.length;
		if (keptBytes === length) break;
		await slice.yield();
	}
	const bytes = new Uint8Array(Buffer.concat(kept));
	const type = start === 0 ? fileTypeOf(bytes) : null;
	const read = { kind: 'read', start, linesBefore, type } as const;
	if (encoding !== null)
		return { ...read, ...utf16Part(bytes, encoding, { path, start, length, isRevealed }) };
	const masked = isRevealed ? 0 : maskSecrets(bytes, path, type?.isText ?? true);
	return { ...read, bytes, text: bytes, utf16Start: null, masked };
}

/** A part in UTF-16 with its text. It ends with a whole character where the content goes on. */
function utf16Part(
	read: Uint8Array,
	encoding: Utf16,
	{ path, start, length, isRevealed }: Omit<PartToRead, 'signal'>,
): Pick<FilePart, 'bytes' | 'text' | 'utf16Start' | 'masked'> {
	const bytes = read.length === length ? wholeCharacters(read, encoding) : read;
	const utf16Start = textStart(bytes, start, encoding);
	const inText = bytes.subarray(utf16Start);
	const masked = isRevealed ? 0 : maskUtf16(inText, path, encoding);
	return { bytes, text: utf8Of(inText, encoding), utf16Start, masked };
}

/** The first bytes of a content, which tell its encoding, and all of its pieces. */
async function withHead(
	pieces: AsyncIterable<Uint8Array>,
): Promise<{ readonly head: Uint8Array; readonly all: AsyncIterable<Uint8Array> }> {
	const iterator = pieces[Symbol.asyncIterator]();
	const first: Uint8Array[] = [];
	for (let bytes = 0; bytes < TEXT_SAMPLE_BYTES; ) {
		const { value, done } = await iterator.next();
		if (done) break;
		first.push(value.slice());
		bytes += value.length;
	}
	async function* all(): AsyncGenerator<Uint8Array> {
		try {
			yield* first;
			for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
		} finally {
			await iterator.return?.();
		}
	}
	return { head: Buffer.concat(first), all: all() };
}

function lineBreaksIn(bytes: Uint8Array): number {
	let count = 0;
	for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) count += 1;
	return count;
}
