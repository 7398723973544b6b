import { escapeForTerminal } from './escape.ts';

/** The longest instruction that is shown: enough for any screen line, and a bound for hostile ones. */
const MAXIMUM_LENGTH = 2000;

/** What BuildKit adds to the instructions that it records. */
const BUILDKIT_MARK = ' # buildkit';

/** Between two lines of a heredoc that are shown as one. */
const LINE_BREAK = ' ↵ ';

/**
 * The instruction that made a layer, as its author wrote it: without the shell that runs it, the build arguments before it and the
 * builder's marks. A heredoc keeps its lines. What no known builder wrote stays as it is. `shells` are the values of SHELL that may be in
 * force, with a space between their words. Not yet safe for a terminal.
 */
export function instructionOf(createdBy: string, shells: readonly string[] = []): string {
	const text = withoutEnd(createdBy.trim(), BUILDKIT_MARK);
	const isRun = /^RUN\s/.test(text);
	const recorded = isRun ? text.slice('RUN'.length).trimStart() : text;
	const command = commandIn(recorded, shells);
	if (command === null) return withPorts(text);
	// The first builder of Docker records an instruction other than RUN as a comment in a shell.
	return command.startsWith('#(nop)')
		? withPorts(command.slice('#(nop)'.length).trim())
		: `RUN ${command.trim()}`;
}

/** Builders record the ports of EXPOSE as Go prints a map of them: `EXPOSE map[443/tcp:{} 80/tcp:{}]`. */
function withPorts(text: string): string {
	const ports = /^EXPOSE\s+map\[([^[\]]+)\]$/.exec(text)?.[1].split(' ');
	if (ports === undefined || !ports.every((port) => /^[^:]+:\{\}$/.test(port))) return text;
	return `EXPOSE ${ports.map((port) => port.slice(0, -':{}'.length)).join(' ')}`;
}

function withoutEnd(text: string, end: string): string {
	return text.endsWith(end) ? text.slice(0, -end.length).trimEnd() : text;
}

/**
 * What is known of how a layer was made: the instruction, else the comment that `docker import` leaves; null without either. Not yet
 * safe for a terminal.
 */
export function madeBy({
	instruction,
	comment,
}: {
	readonly instruction: string | null;
	readonly comment: string | null;
}): string | null {
	return instruction ?? comment;
}

/** An instruction in one line that is safe for a terminal. */
export function formatInstruction(instruction: string): string {
	return escapeForTerminal(
		instruction
			.slice(0, MAXIMUM_LENGTH)
			.trim()
			// After an operator the shell goes on in the next line anyway.
			.replace(
				/([|&;\\]?)[^\S\r\n]*(?:\r\n|\r|\n)\s*/g,
				(_, end: string) => end + (end === '' ? LINE_BREAK : ' '),
			)
			.replace(/\s+/g, ' '),
	);
}

/**
 * The lines of the first `maximumLength` characters of an instruction, safe for a terminal. They keep their indentation; any other blanks
 * become one.
 */
export function instructionLines(instruction: string, maximumLength = MAXIMUM_LENGTH): readonly string[] {
	const lines = instruction
		.slice(0, maximumLength)
		.trim()
		.split(/\r\n|\r|\n/);
	return lines.map((line) =>
		escapeForTerminal(
			line
				.replaceAll('\t', ' ')
				.replace(/(\S) +/g, '$1 ')
				.trimEnd(),
		),
	);
}

/** The command that a shell is given; null where none is recorded as the builders do it. */
function commandIn(recorded: string, shells: readonly string[]): string | null {
	const list = /^\|(\d{1,9})(?:\s+|$)/.exec(recorded);
	if (list === null) {
		const end = shellEnd(recorded, 0, shells);
		return end === null ? null : recorded.slice(end);
	}
	return recorded.slice(argumentsEnd(recorded, { start: list[0].length, count: Number(list[1]), shells }));
}

interface ArgumentList {
	readonly start: number;
	/** How many arguments are recorded, each as NAME=VALUE. */
	readonly count: number;
	readonly shells: readonly string[];
}

/**
 * Where the command starts after a list of build arguments (BuildKit, `runCommandString`; Docker, `prependEnvOnCmd`). Their values are not
 * quoted and may have blanks: the list ends at the first shell that follows all of its names. A command in exec form has no shell and
 * follows the first blank after the last name.
 */
function argumentsEnd(text: string, { start, count, shells }: ArgumentList): number {
	let names = 0;
	let afterLast = start;
	let firstShell: number | null = null;
	for (const { 0: word, index } of text.slice(start).matchAll(/\S+/g)) {
		const position = start + index;
		const end = mayBeShell(word, shells) ? shellEnd(text, position, shells) : null;
		if (end !== null && (names >= count || names === 0)) return end;
		firstShell ??= end;
		if (names < count && /^[A-Za-z_]\w*=/.test(word)) {
			names += 1;
			afterLast = position + word.length;
		}
	}
	// A list that counts more names than it has is none that a builder wrote.
	return names < count ? (firstShell ?? afterLast) : afterLast;
}

/** Spares a closer look at nearly all words: a list may be long. */
function mayBeShell(word: string, shells: readonly string[]): boolean {
	return /(?:sh|cmd|powershell|env)(?:\.exe)?$/i.test(word) || shells.some((shell) => shell.startsWith(word));
}

/** Options of a shell, of which those that end in `o` take a word, such as `pipefail`; the last one says that a command follows. */
const shellOptions =
	'(?:[ \\t]+(?:[-+][A-Za-z]*o[ \\t]+[a-z]+|--?[A-Za-z][\\w-]*)){0,8}?[ \\t]+-(?:[A-Za-z]*c[A-Za-z]*o[ \\t]+[a-z]+|[A-Za-z]*c[A-Za-z]*)';

const knownShells: readonly RegExp[] = [
	new RegExp(
		`(?:[^\\s=]*/env[ \\t]+)?(?:[^\\s=]*[\\\\/])?(?:ba|da|a|z|k|mk|c|tc|fi)?sh${shellOptions}(?:\\s+|$)`,
		'y',
	),
	/(?:[^\s=]*[\\/])?cmd(?:\.exe)?(?:[ \t]+\/[a-z](?::\w+)?){0,8}?[ \t]+\/[cC](?:\s+|$)/iy,
	/(?:[^\s=]*[\\/])?(?:powershell|pwsh)(?:\.exe)?(?:[ \t]+-\w+(?:[ \t]+\w+)?){0,8}?[ \t]+-c(?:ommand)?(?:\s+|$)/iy,
];

/** Where the command of a shell that starts at `start` begins; null where no shell starts. */
function shellEnd(text: string, start: number, shells: readonly string[]): number | null {
	for (const shell of shells) {
		const end = start + shell.length;
		if (shell !== '' && text.startsWith(shell, start) && /^(?:\s|$)/.test(text.slice(end, end + 1)))
			return end + 1;
	}
	for (const shell of knownShells) {
		shell.lastIndex = start;
		const match = shell.exec(text);
		if (match !== null) return start + match[0].length;
	}
	return null;
}
