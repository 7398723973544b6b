import { secretRanges } from '../find-secrets.ts';
import { isPlaceholder } from '../placeholder.ts';
import { isAssignedSecret, isFlaggedSecret } from './secret-name.ts';
import type { Span } from './span.ts';

/** `NAME=VALUE` and `"NAME": "VALUE"` anywhere in a text, a line break of `printf` before the name included. */
const assignments =
	/(?:(?<![\w.-])|(?<=\\[nrt]))-{0,2}([A-Za-z_][\w.-]{0,254})(?:\\?["'])?(?:[ \t]{0,3}=(?!=)|(?<=["'])[ \t]{0,3}:)[ \t]{0,3}(?:\\?"((?:[^"\\]|\\[^"]){0,4096})|'([^']{0,4096})|((?:[^\s\\"'`;&|<>()]|\\(?![nrt"'])){1,4096}))/g;

/** `--NAME VALUE`, also as words of a list in JSON. */
const flags =
	/(?<![\w-])--([A-Za-z][\w.-]{0,99})(?:["']?,[ \t]{0,3}["']|["'][ \t]{1,3}["']|[ \t]{1,8}["']?)((?:[^\s\\"'`;&|<>()]|\\(?![nrt"'])){1,4096})/g;

/** What `docker login` keeps: a name and a password in base64. */
const registryLogins = /\\?"auth\\?"[ \t]{0,3}:[ \t]{0,3}\\?"([A-Za-z0-9+/]{8,4096}={0,2})/g;

/** A line of .netrc. */
const netrcLines =
	/(?<!\w)machine\s{1,9}\S{1,255}\s{1,9}login\s{1,9}\S{1,255}\s{1,9}password\s{1,9}([^\s"'\\]{4,1000})/g;

/** A secret of AWS, which stands near the ID of its key. */
const secretOfAws =
	/(?<![A-Za-z0-9+/])(?=[a-z0-9+/]{0,39}[A-Z])(?=[A-Z0-9+/]{0,39}[a-z])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=])/g;
const keyOfAws = /A[KS]IA[A-Z2-7]{16}/;

const MOST_SEARCHED_CHARACTERS = 256 * 1024;

/** The values in any text that look secret: by the same rules as in files, and by the names of what they are given to. */
export function textSpans(text: string): readonly Span[] {
	const spans: Span[] = [];
	for (const [from, to] of partsOf(text)) {
		const part = text.slice(from, to);
		for (const { start, end } of [...tokensIn(part), ...namedIn(part)])
			spans.push({ start: from + start, end: from + end });
	}
	return spans;
}

/** Cut at blanks, where no token is. */
function* partsOf(text: string): Generator<readonly [number, number]> {
	for (let from = 0; from < text.length; ) {
		const most = from + MOST_SEARCHED_CHARACTERS;
		const blank =
			most < text.length ? Math.max(text.lastIndexOf(' ', most), text.lastIndexOf('\n', most)) : -1;
		const to = blank > from ? blank : Math.min(text.length, most);
		yield [from, to];
		from = to;
	}
}

function tokensIn(text: string): readonly Span[] {
	const bytes = Buffer.from(text);
	const ranges = secretRanges(bytes, { named: [], isText: true });
	const spans = bytes.length === text.length ? ranges : inCharacters(bytes, ranges);
	const hasKey = spans.some(({ start, end }) => keyOfAws.test(text.slice(start, end)));
	return hasKey ? [...spans, ...Array.from(text.matchAll(secretOfAws), spanOf)] : spans;
}

/** Ranges of bytes, ascending, as spans of the text that they are in UTF-8. */
function inCharacters(bytes: Buffer, ranges: readonly Span[]): readonly Span[] {
	let [at, characters] = [0, 0];
	const charactersUpTo = (end: number): number => {
		characters += bytes.toString('utf8', at, end).length;
		at = end;
		return characters;
	};
	return ranges.map(({ start, end }) => ({ start: charactersUpTo(start), end: charactersUpTo(end) }));
}

function spanOf({ 0: found, index }: RegExpExecArray): Span {
	return { start: index, end: index + found.length };
}

function* namedIn(text: string): Generator<Span> {
	if (/[=:]/.test(text))
		for (const match of text.matchAll(assignments)) {
			const value = match[2] ?? match[3] ?? match[4];
			if (isAssignedSecret(match[1], value)) yield endOf(match, value);
		}
	if (text.includes('auth'))
		for (const match of text.matchAll(registryLogins)) if (isLogin(match[1])) yield endOf(match, match[1]);
	if (text.includes('machine'))
		for (const match of text.matchAll(netrcLines)) if (!isPlaceholder(match[1])) yield endOf(match, match[1]);
	if (text.includes('--'))
		for (const match of text.matchAll(flags))
			if (isFlaggedSecret(match[1], match[2])) yield endOf(match, match[2]);
}

/** Whether base64 is a name and a password. */
function isLogin(base64: string): boolean {
	const [, password] =
		/^[\x20-\x7e]{0,255}?:([\x20-\x7e]{1,4000})$/.exec(Buffer.from(base64, 'base64').toString('latin1')) ??
		[];
	return password !== undefined && !isPlaceholder(password);
}

/** The value is what a match ends with. */
function endOf({ 0: found, index }: RegExpExecArray, value: string): Span {
	const end = index + found.length;
	return { start: end - value.length, end };
}
