/** One instruction of a Dockerfile. */
export interface DockerfileInstruction {
	/** In capitals, whatever its author wrote. */
	readonly keyword: string;
	/** What is behind the keyword: lines joined, comments between them left out. */
	readonly operands: string;
	readonly heredocs: readonly Heredoc[];
	/** Its first line, from 1. */
	readonly line: number;
	/** As it stands in the file, with its line breaks. */
	readonly text: string;
}

export interface Heredoc {
	readonly name: string;
	/** Its lines, each with its end. */
	readonly content: string;
}

/** A file that is larger is not read. */
export const MAXIMUM_DOCKERFILE_BYTES = 1024 * 1024;

/** The instructions of a Dockerfile, in order, as BuildKit splits them. What is none of them is left out, never an error. */
export function parseDockerfile(source: string): readonly DockerfileInstruction[] {
	const lines = source
		.slice(0, MAXIMUM_DOCKERFILE_BYTES)
		.replace(/^\uFEFF/, '')
		.split(/\r?\n/);
	const isContinued = continuationOf(lines);
	const instructions: DockerfileInstruction[] = [];
	for (let start = 0; start < lines.length; ) {
		if (isEmptyOrComment(lines[start])) {
			start += 1;
			continue;
		}
		const parts: string[] = [];
		let end = start;
		for (let goesOn = true; goesOn && end < lines.length; end++) {
			if (end > start && isEmptyOrComment(lines[end])) continue;
			const [text, continues] = isContinued(lines[end]);
			parts.push(text);
			goesOn = continues;
		}
		const [, keyword = '', operands = ''] = /^\s*(\S+)\s*([\s\S]*)$/.exec(parts.join('')) ?? [];
		const { heredocs, end: last } = heredocsOf(keyword, operands, { lines, from: end });
		instructions.push({
			keyword: keyword.toUpperCase(),
			operands: operands.trimEnd(),
			heredocs,
			line: start + 1,
			text: withoutEmptyEnd(lines.slice(start, last)).join('\n'),
		});
		start = last;
	}
	return instructions;
}

/** The line without what says that the instruction goes on, and whether it does. The escape may be set by a directive in the first lines. */
function continuationOf(
	lines: readonly string[],
): (line: string) => readonly [text: string, goesOn: boolean] {
	let mark = '\\';
	for (const line of lines) {
		const [, name, value] = /^\s*#\s*([a-z]+)\s*=\s*(\S+)\s*$/i.exec(line) ?? [];
		if (name === undefined) break;
		if (name.toLowerCase() === 'escape' && value === '`') mark = '`';
	}
	return (line) => {
		const end = line.trimEnd();
		return end.endsWith(mark) ? [end.slice(0, -1), true] : [line, false];
	};
}

function isEmptyOrComment(line: string): boolean {
	const first = line.trimStart()[0];
	return first === undefined || first === '#';
}

/** The lines behind an instruction that belong to it, and where they end. */
function heredocsOf(
	keyword: string,
	operands: string,
	{ lines, from }: { readonly lines: readonly string[]; readonly from: number },
): { readonly heredocs: readonly Heredoc[]; readonly end: number } {
	const heredocs: Heredoc[] = [];
	if (!/^(?:RUN|COPY|ADD)$/i.test(keyword)) return { heredocs, end: from };
	let end = from;
	for (const [, , tabs, , name] of operands.matchAll(
		/(^|\s)\d{0,4}<<(-?)(["']?)([\w.-]+)\3(?=\s|$|[;&|>)])/g,
	)) {
		const start = end;
		const isEnd = (line: string) => (tabs === '' ? line : line.replace(/^\t+/, '')) === name;
		while (end < lines.length && !isEnd(lines[end])) end += 1;
		const content = lines
			.slice(start, end)
			.map((line) => `${tabs === '' ? line : line.replace(/^\t+/, '')}\n`);
		heredocs.push({ name, content: content.join('') });
		end = Math.min(lines.length, end + 1);
	}
	return { heredocs, end };
}

function withoutEmptyEnd(lines: readonly string[]): readonly string[] {
	let end = lines.length;
	while (end > 1 && lines[end - 1].trim() === '') end -= 1;
	return lines.slice(0, end);
}
