import { instructionOf } from '../instruction.ts';
import type { DockerfileInstruction } from './parse-dockerfile.ts';

/** What a builder may have recorded of an instruction: one of several commands, or operands with values in place of their variables. */
export interface Expected {
	readonly keyword: string;
	readonly commands: readonly string[];
	readonly operands: string;
	/** The last of the operands, without slashes around it; empty for the working directory. */
	readonly destination: string;
}

/** What a builder recorded. */
export interface Recorded {
	readonly keyword: string;
	readonly command: string;
	readonly operands: string;
	readonly destination: string;
	/** Whether digests are in place of the sources. */
	readonly hasDigests: boolean;
}

/** What is beyond is not compared. */
const MOST_COMPARED = 4096;

export function expectedOf(instruction: DockerfileInstruction): Expected {
	const { keyword } = instruction;
	if (keyword === 'RUN') return { keyword, commands: commandsOf(instruction), operands: '', destination: '' };
	const operands = plain(wordsOf(withoutFlags(instruction.operands)).join(' ')).replace(/(.)\/$/, '$1');
	const destination = withoutSlashes(operands.slice(operands.lastIndexOf(' ') + 1));
	return { keyword, commands: [], operands, destination };
}

/** Takes a text as `instructionOf` gives it. */
export function recordedOf(text: string): Recorded {
	const [, keyword = '', rest = ''] = /^\s*(\S+)\s*([\s\S]*)$/.exec(text) ?? [];
	const command = inOneLine(withoutFlags(rest));
	const [, digested] = /^(?:dir|file|multi):[0-9a-f]+ in (.*)$/.exec(command) ?? [];
	const operands = plain(wordsOf(command).join(' ')).replace(/(.)\/$/, '$1');
	return {
		keyword: keyword.toUpperCase(),
		command,
		operands,
		destination: withoutSlashes(digested ?? operands),
		hasDigests: digested !== undefined,
	};
}

/**
 * Whether a builder may have recorded one of the other. Builders leave out flags, comments and quotes, put values in place of variables, and
 * the classic one puts digests in place of sources.
 */
export function fits(expected: Expected, recorded: Recorded): boolean {
	if (expected.keyword !== recorded.keyword) return false;
	if (expected.keyword === 'RUN')
		return expected.commands.some((command) => isLike(command, recorded.command));
	const isPath = expected.keyword === 'WORKDIR' || recorded.hasDigests;
	if (!isPath) return expected.operands !== '' && hasLike(expected.operands, recorded.operands);
	return (
		isHere(expected.operands, recorded.destination) || endsIn(expected.destination, recorded.destination)
	);
}

/** Whether the last of the operands is a path that may have blanks. */
function isHere(operands: string, path: string): boolean {
	return operands.endsWith(path) && /[\s/]/.test(operands.at(-path.length - 1) ?? '');
}

/** Whether a path may be recorded with the folders that it is in. */
function endsIn(path: string, recorded: string): boolean {
	return path === '' || path === '.' || hasLike(path, recorded) || hasLike(`$x/${path}`, recorded);
}

/** What may be recorded of a RUN: its command, and the script of a heredoc. */
function commandsOf({ operands, heredocs }: DockerfileInstruction): readonly string[] {
	const command = withoutFlags(operands);
	// A shell that the exec form names is recorded as one that the builder starts.
	const words = instructionOf(`RUN ${wordsOf(command).join(' ')}`).replace(/^RUN\s+/, '');
	const commands = [inOneLine(command), inOneLine(words)];
	const [first] = heredocs;
	if (first === undefined) return commands;
	const whole = heredocs.map(({ name, content }) => `\n${content}${name}`).join('');
	const script = inOneLine(first.content);
	return [
		inOneLine(`${command}${whole}`),
		script,
		...(script.startsWith('#!') ? [`/dev/pipes/${first.name}`] : []),
	];
}

/** The text of a heredoc may be cut: `<<EOF (apt-get update...)`. */
function isLike(command: string, said: string): boolean {
	if (command === '' || said === '') return false;
	if (command === said) return true;
	const [, start] = /^<<\S+ \((.+)\.\.\.\)$/.exec(said) ?? [];
	return start !== undefined && command.startsWith(start);
}

/** Whether a text is another one with values in place of its variables; in linear time. */
function hasLike(text: string, said: string): boolean {
	const pieces = text.split(/\$(?:\{[^}]*\}|\w+)/);
	if (pieces.length === 1) return text === said;
	const [first] = pieces;
	const last = pieces[pieces.length - 1];
	if (!said.startsWith(first) || !said.endsWith(last) || said.length < first.length + last.length)
		return false;
	let position = first.length;
	for (const piece of pieces.slice(1, -1)) {
		const found = said.indexOf(piece, position);
		if (found === -1) return false;
		position = found + piece.length;
	}
	return position <= said.length - last.length;
}

function withoutFlags(operands: string): string {
	return operands.replace(/^(?:--[a-z][a-z-]*(?:=(?:"[^"\n]*"|[^\s"]*))?\s+)+/, '');
}

/** The words of the JSON form; else the text as it is. */
function wordsOf(operands: string): readonly string[] {
	if (!operands.startsWith('[')) return [operands];
	try {
		const words: unknown = JSON.parse(operands);
		if (Array.isArray(words)) return words.map(String);
	} catch {
		// It is the other form.
	}
	return [operands];
}

function plain(text: string): string {
	return inOneLine(text.replace(/["']/g, ''));
}

function withoutSlashes(path: string): string {
	return path.replace(/^(?:\.?\/)+/, '').replace(/\/$/, '');
}

function inOneLine(text: string): string {
	return text.slice(0, MOST_COMPARED).trim().replace(/\s+/g, ' ');
}
