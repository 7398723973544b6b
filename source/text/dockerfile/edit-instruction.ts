import { hasOddEnd, mayFailAnyway, skeletonOf } from './shell-skeleton.ts';

/** An instruction as its author wrote it, and as it should be. */
export interface EditedInstruction {
	readonly from: string;
	readonly to: string;
}

/** What is longer is no line to show. */
const MAXIMUM_LENGTH = 16_384;

/** Where an instruction goes on in the next line, with the comments between the two. */
const BREAK = String.raw`[\\\`][ \t]*\r?\n(?:[ \t]*#[^\n]*\n)*`;

const GAP = String.raw`[ \t](?:[ \t]|${BREAK})*`;

/** Behind the name of an option. */
const VALUE = String.raw`(?:=(?:"[^"\n]*"|(?:[^\s"\\\`]|[\\\`](?!\s))*))?`;

/** The options of an instruction, such as `--from=build `. */
const FLAGS = `(?:--[a-z][a-z-]*${VALUE}${GAP})*`;

/**
 * `COPY` or `ADD` with `--chown` or `--chmod`, in place of the one that it may have; null where the text is no such instruction, where a
 * builder recorded digests in place of its sources, and where the flag would not do what is wanted.
 */
export function withCopyFlag(text: string, flag: 'chown' | 'chmod', value: string): EditedInstruction | null {
	if (text.length > MAXIMUM_LENGTH) return null;
	const shape = new RegExp(`^(\\s*)(COPY|ADD)(${GAP})(${FLAGS})(\\S[\\s\\S]*)$`, 'i').exec(text);
	if (shape === null) return null;
	const [, indentation, keyword, gap, flags, operands] = shape;
	if (isFromHistory(operands) || !isOneInstruction(text)) return null;
	if (flag === 'chmod' && /^ADD$/i.test(keyword) && isUnpacked(operands)) return null;
	const present = new RegExp(`(^|\\s)--${flag}${VALUE}(?=[ \\t])`);
	const edited = present.test(flags)
		? `${gap}${flags.replace(present, (_, before: string) => `${before}--${flag}=${value}`)}`
		: ` --${flag}=${value}${gap}${flags}`;
	const to = `${indentation}${keyword}${edited}${operands}`;
	return to === text ? null : { from: text, to };
}

/** Whether a `COPY` or `ADD` is one with `--link`: it is made without the layers below it, so that no user has a name there. */
export function isLinked(text: string): boolean {
	if (text.length > MAXIMUM_LENGTH) return false;
	const [, flags = ''] = new RegExp(`^\\s*(?:COPY|ADD)${GAP}(${FLAGS})`, 'i').exec(text) ?? [];
	return /(?:^|\s)--link(?:=(?!"?false\b)|\s)/i.test(flags);
}

/**
 * One `RUN` that does what two in a row do, in a POSIX shell; null where one of the texts is no such instruction, and where the two cannot
 * share a shell. What the first one does to its shell, such as `cd`, stays in parentheses.
 */
export function joinRuns(first: string, second: string): EditedInstruction | null {
	if (first.length + second.length > MAXIMUM_LENGTH) return null;
	const [before, after] = [runOf(first), runOf(second)];
	if (before === null || after === null || !canShareMounts(before, after)) return null;
	const [skeleton, added] = [skeletonOf(before.command), skeletonOf(after.command)];
	if (!isOneInstruction(first) || !isOneInstruction(second)) return null;
	if (skeleton === null || added === null || hasOddEnd(skeleton) || hasOddEnd(added)) return null;
	const command = withoutEnd(after.command);
	const joined = mayFailAnyway(added) ? `{ ${command}; }` : command;
	const kept = withoutEnd(before.command);
	const whole = leavesTraces(skeleton, after.command) ? `(${kept})` : kept;
	return { from: first, to: `${before.head}${whole}${jointAfter(kept)}${joined}` };
}

/** A `RUN` in its parts. */
export interface Run {
	/** The keyword and the options, with the blanks behind them. */
	readonly head: string;
	readonly flags: string;
	readonly command: string;
}

/** The parts of a `RUN` in shell form without a heredoc; null for anything else. */
export function runOf(text: string): Run | null {
	const shape = new RegExp(`^(\\s*RUN${GAP}(${FLAGS}))(\\S[\\s\\S]*)$`, 'i').exec(text);
	if (shape === null) return null;
	const [, head, flags, command] = shape;
	if (command.includes('<<') || command.startsWith('--') || isJson(command)) return null;
	return { head, flags, command };
}

/** Only mounts are known to do no harm to a second command, and only where it does not work in them. */
function canShareMounts(before: Run, after: Run): boolean {
	const flags = before.flags.split(/\s+/).filter((flag) => flag.startsWith('--'));
	if (after.flags !== '' || flags.some((flag) => !flag.startsWith('--mount='))) return false;
	return flags.every((flag) => {
		const target = /[=,](?:target|dst|destination)=([^,\s"]+)/.exec(flag)?.[1];
		return target !== undefined && !after.command.includes(target.replace(/\/+$/, ''));
	});
}

/** Whether a command may leave its shell in another state, one that the added command would notice. */
function leavesTraces(skeleton: string, added: string): boolean {
	const start = String.raw`(?:^|[;&|({!]|\b(?:then|do|else|if|elif|while|until))\s*`;
	const words = 'cd|pushd|popd|export|unset|exit|exec|trap|umask|ulimit|shopt|alias|source|read|eval|\\.';
	if (new RegExp(`${start}(?:(?:${words})(?=[\\s;&|)]|$)|PATH=)`).test(skeleton)) return true;
	if (/\$/.test(added) && new RegExp(`${start}\\w+=`).test(skeleton)) return true;
	return /[$|]/.test(added) && new RegExp(`${start}set\\s`).test(skeleton);
}

/** Blanks and semicolons at the end of a command. */
function withoutEnd(command: string): string {
	return command.replace(/[\s;]+$/, '');
}

/** Joins a command in a line of its own where the author gives each one a line. */
function jointAfter(command: string): string {
	const lastLine = /([\\`])[ \t]*\r?\n(?:[ \t]*#[^\n]*\n)*([ \t]*)(&&)?[^\n]*$/;
	const [, mark, indentation, operator] = lastLine.exec(command) ?? [];
	if (mark === undefined) return ' && ';
	return operator === undefined ? ` && ${mark}\n${indentation}` : ` ${mark}\n${indentation}&& `;
}

/** The classic builder records digests in place of sources: `dir:3f2a... in /app`. */
function isFromHistory(operands: string): boolean {
	return /^(?:dir|file|multi):[0-9a-f]{6,}\s+in\s/i.test(operands);
}

/** A local archive is unpacked, with the modes that it records. */
function isUnpacked(operands: string): boolean {
	return /\.(?:tar|tgz|tbz2?|txz)\b/i.test(operands.replace(/\b[a-z]+:\/\/\S+/gi, ''));
}

/** What a builder recorded of a heredoc's lines is no instruction: a line goes on in the next one only after an escape. */
export function isOneInstruction(text: string): boolean {
	return (
		text.includes('<<') || !/(?:^|[^\\`\s])[ \t\r]*\n\s*[^\s#]/.test(text.replace(/\n\s*#[^\n]*(?=\n)/g, ''))
	);
}

function isJson(text: string): boolean {
	if (!text.startsWith('[')) return false;
	try {
		return Array.isArray(JSON.parse(text));
	} catch {
		return false;
	}
}
