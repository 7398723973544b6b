import type { Span } from './span.ts';

/** A setting that an instruction makes, and where its value stands, without quotes. */
export interface RecordedSetting extends Span {
	readonly kind: 'environment variable' | 'label' | 'build argument';
	readonly name: string;
	readonly value: string;
}

type Kind = RecordedSetting['kind'];

const kinds: Readonly<Record<string, Kind>> = {
	ARG: 'build argument',
	ENV: 'environment variable',
	LABEL: 'label',
};

const instruction = /^\s{0,9}(?:ONBUILD\s+)?(?:\S*sh -c #\(nop\)\s+)?(?:ONBUILD\s+)?(ARG|ENV|LABEL)\s+/i;
const argumentList = /^(?:RUN\s+)?\|(\d{1,4})\s+/;
const shell = /\s(?:\S*[\\/])?(?:\w{0,4}sh|cmd(?:\.exe)?|powershell(?:\.exe)?|pwsh|env)\s/i;
const BUILDKIT_MARK = ' # buildkit';

/** More than any instruction sets. */
const MOST_SETTINGS = 1000;

/** Build arguments before a command, `|1 NAME=VALUE /bin/sh -c ...`, and what `ARG`, `ENV` and `LABEL` set. */
export function recordedSettings(text: string): readonly RecordedSetting[] {
	const list = argumentList.exec(text);
	if (list !== null) return argumentsBefore(text, list);
	const found = instruction.exec(text);
	if (found === null) return [];
	const start = found[0].length;
	const kind = kinds[found[1].toUpperCase()];
	const settings = assignmentsIn(text, start, kind);
	return settings.length > 0 || kind === 'build argument' ? settings : singleSetting(text, start, kind);
}

/** The list says how many there are; what follows it is a command. */
function argumentsBefore(text: string, { 0: head, 1: count }: RegExpExecArray): readonly RecordedSetting[] {
	const all = assignmentsIn(text, head.length, 'build argument');
	const given = all.filter(({ name }) => /^[A-Za-z_]\w*$/.test(name)).slice(0, Number(count));
	const last = given.at(-1);
	if (last === undefined) return [];
	// Values have no quotes and may have blanks: the last one ends where a shell begins.
	const rest = `${text.slice(last.start)} `;
	const command = shell.exec(rest)?.index ?? rest.search(/\s/);
	const value = text.slice(last.start, last.start + command);
	return [...given.slice(0, -1), { ...last, value, end: last.start + value.length }];
}

/** `ENV NAME a value`, as it was written once. */
function singleSetting(text: string, start: number, kind: Kind): readonly RecordedSetting[] {
	const [head, name] = /^(\S+)\s+/.exec(text.slice(start)) ?? [];
	if (head === undefined) return [];
	return [settingAt(text, { kind, name, from: start + head.length, to: text.length })];
}

/** Builders write values without quotes, so that one with blanks goes on up to the next name. */
function assignmentsIn(text: string, from: number, kind: Kind): readonly RecordedSetting[] {
	const names = /(?<=\s)(?:"([^"\s=]{1,255})"|'([^'\s=]{1,255})'|([^\s="']{1,255}))=/g;
	const settings: RecordedSetting[] = [];
	names.lastIndex = from;
	for (let match = names.exec(text); match !== null && settings.length < MOST_SETTINGS; ) {
		const name = match[1] ?? match[2] ?? match[3];
		const start = names.lastIndex;
		names.lastIndex = quotedEnd(text, start) ?? start;
		const isQuoted = names.lastIndex > start;
		const next = names.exec(text);
		const to = isQuoted ? (quotedEnd(text, start) ?? start) : (next?.index ?? text.length);
		settings.push(settingAt(text, { kind, name, from: start, to }));
		match = next;
	}
	return settings;
}

/** The end of a value in quotes; null for one without. */
function quotedEnd(text: string, start: number): number | null {
	const quoted = /(?:"(?:[^"\\]|\\.)*"|'[^']*')(?=\s|$)/suy;
	quoted.lastIndex = start;
	const match = quoted.exec(text);
	return match === null ? null : start + match[0].length;
}

interface Place {
	readonly kind: Kind;
	readonly name: string;
	readonly from: number;
	readonly to: number;
}

function settingAt(text: string, { kind, name, from, to }: Place): RecordedSetting {
	const written = withoutEnd(text.slice(from, to));
	const isQuoted = /^(["']).*\1$/s.test(written) && written.length > 1;
	const value = isQuoted ? written.slice(1, -1) : written;
	const start = isQuoted ? from + 1 : from;
	return { kind, name, value, start, end: start + value.length };
}

/** Without blanks, what BuildKit adds, and backslashes that end a line which goes on. */
function withoutEnd(text: string): string {
	let end = text.endsWith(BUILDKIT_MARK) ? text.length - BUILDKIT_MARK.length : text.length;
	while (end > 0 && /[\s\\]/.test(text[end - 1])) end -= 1;
	return text.slice(0, end);
}
