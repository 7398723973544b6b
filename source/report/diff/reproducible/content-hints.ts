import type { BytesDifference } from '../../../diff/reproducible/first-bytes.ts';

/** What a difference is known or thought to be, and what to try. */
export interface Hint {
	readonly meaning: string;
	readonly advice: string;
}

/** A difference in a file that its format, its path or the bytes around it explain; null for any other. The path is in Latin-1. */
export function contentHint(path: string, difference: BytesDifference): Hint | null {
	return formatHint(path, difference) ?? pathHint(path) ?? textHint(difference);
}

/** What a file is by its path alone, if it is one that no two builds have alike; else null. */
export function pathHint(path: string): Hint | null {
	return pathHints.find(({ paths }) => paths.test(path)) ?? null;
}

const pathHints: readonly (Hint & { readonly paths: RegExp })[] = [
	{
		paths: /^(?:tmp\/|var\/(?:tmp|log|cache)\/|var\/lib\/apt\/lists\/|root\/\.(?:cache|npm)\/)/,
		meaning: 'a log, a cache or a temporary file',
		advice: 'Remove the file in the step that writes it.',
	},
	{
		paths: /^(?:etc\/machine-id|var\/lib\/dbus\/machine-id|etc\/ssh\/ssh_host_\w+_key(?:\.pub)?)$/,
		meaning: 'an identity that is made at random',
		advice: 'Remove the file in the step that makes it, and let the first start of a container make it.',
	},
];

/** Formats with a time near their start: RFC 1952, 2.3 (gzip); PEP 552 (Python); APPNOTE.TXT, 4.3.7 (ZIP). */
function formatHint(path: string, { offset, shownFrom, older, newer }: BytesDifference): Hint | null {
	const isGzip = shownFrom === 0 && [older, newer].every((bytes) => bytes[0] === 0x1f && bytes[1] === 0x8b);
	if (isGzip && offset >= 4 && offset < 8)
		return { meaning: 'mtime in the gzip header of the file', advice: 'Compress the file with gzip -n.' };
	if (path.endsWith('.pyc') && offset >= 8 && offset < 12)
		return {
			meaning: 'mtime of the source in Python bytecode',
			advice: 'Set SOURCE_DATE_EPOCH, or run python -m compileall --invalidation-mode unchecked-hash.',
		};
	if (/\.(?:zip|jar|war|ear|whl)$/.test(path) && offset >= 10 && offset < 14)
		return {
			meaning: 'time of the first file in a ZIP archive',
			advice: 'Write the archive with a tool that uses SOURCE_DATE_EPOCH, or run strip-nondeterminism on it.',
		};
	return null;
}

/** What the printable text around the difference looks like in both. */
function textHint({ offset, shownFrom, older, newer }: BytesDifference): Hint | null {
	const texts = [older, newer].map((bytes) => wordAt(bytes, offset - shownFrom));
	if (texts.every((text) => /\/[^/]*\//.test(text)))
		return {
			meaning: 'probably an embedded build path',
			advice:
				'Build in the same folder, or map it away: -ffile-prefix-map (C), -trimpath (Go), --remap-path-prefix (Rust).',
		};
	if (texts.every((text) => /(?:19|20)\d\d|\d\d[:-]\d\d|1[5-9]\d{8}/.test(text)))
		return {
			meaning: 'probably an embedded date',
			advice: 'Let the tool that writes the file use SOURCE_DATE_EPOCH, or leave the date out.',
		};
	return null;
}

/** The printable characters around a byte, up to spaces and anything else. */
function wordAt(bytes: Uint8Array, at: number): string {
	const text = Buffer.from(bytes).toString('latin1');
	const before = /[!-~]*$/.exec(text.slice(0, at))?.[0] ?? '';
	const after = /^[!-~]*/.exec(text.slice(at))?.[0] ?? '';
	return before + after;
}
