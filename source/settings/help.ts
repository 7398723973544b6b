import {
	type CommandDefinition,
	type CommandName,
	commandNamed,
	commands,
	fileCommands,
} from './commands.ts';
import { type FlagDefinition, flags, flagUsage } from './flags.ts';

/** The columns of the terminals that the text is made for. */
const WIDTH = 80;

/** The help text for all of fathom, or for one command. */
export function helpText(topic: CommandName | null): string {
	const lines = topic === null ? generalHelp() : commandHelp(commandNamed(topic));
	return `${lines.join('\n')}\n`;
}

/** Examples of IMAGE. */
const references = [
	['nginx:1.27', 'in Docker, Podman or containerd, or else in its registry'],
	['docker:nginx', 'only in Docker; also podman:, containerd: and registry:'],
	['app.tar', 'an archive from docker save, podman save or docker export'],
	['layout', 'a folder with an OCI image layout'],
	['archive:app', 'a path, even if it looks like a name; oci: for a folder'],
	['-', 'an archive on standard input'],
] as const;

function generalHelp(): string[] {
	const usages = commands.map(({ usage, summary }) => [usage, summary] as const);
	return [
		'Shows what is in a container image, layer by layer, and what is wasted.',
		'',
		'Usage',
		...alignPairs(usages),
		'',
		...referenceLines(),
		'',
		'Flags for all commands that read an image',
		...flagLines((flag) => flag.commands.includes('explore') && !isForExplorer(flag)),
		'',
		'Flags for fathom IMAGE',
		...flagLines(isForExplorer),
		'',
		'Flags for fathom report, diff, files and cat',
		...flagLines(isPrinted),
		'',
		'Flags for fathom files, cat and extract',
		...flagLines(isAboutFiles),
		'',
		'Flags for fathom diff',
		...flagLines(belongsOnlyTo('diff')),
		'',
		'Flags for fathom ci and fathom build',
		...flagLines(belongsOnlyTo('ci', 'build')),
		'',
		'Flags for fathom cache prune',
		...flagLines(belongsOnlyTo('cache prune')),
		'',
		...settingLines(),
		'',
		'Examples',
		...commands.map(({ examples }) => indent(examples[0])),
		indent('fathom ci --help'),
	];
}

function commandHelp({ name, usage, description, imageCount, examples }: CommandDefinition): string[] {
	return [
		...wrap(description, WIDTH),
		'',
		'Usage',
		indent(usage),
		...(imageCount > 0 ? ['', ...referenceLines()] : []),
		'',
		'Flags',
		...flagLines((flag) => flag.commands.includes(name)),
		'',
		...settingLines(),
		'',
		'Examples',
		...examples.map(indent),
	];
}

function referenceLines(): string[] {
	return ['IMAGE', ...alignPairs(references)];
}

function settingLines(): string[] {
	return [
		'A flag overrides an environment variable such as FATHOM_BASE, which overrides',
		'fathom.yaml in the current folder. There, the limits of rules go under "rules".',
	];
}

function belongsOnlyTo(...names: readonly CommandName[]): (flag: FlagDefinition) => boolean {
	return ({ commands: takers }) =>
		takers.length === names.length && takers.every((name) => names.includes(name));
}

const isForExplorer = belongsOnlyTo('explore', 'demo');

/** Of the commands that are about files, and of no other. */
function isAboutFiles({ commands: takers }: FlagDefinition): boolean {
	return takers.every((name) => fileCommands.includes(name));
}

/** Of commands that print what can be long. */
function isPrinted({ name }: FlagDefinition): boolean {
	return name === 'format' || name === 'output';
}

function flagLines(filter: (flag: FlagDefinition) => boolean): string[] {
	return alignPairs(
		flags.filter(filter).map((flag) => {
			const { short, summary } = flag;
			const shortForm = short === undefined ? '' : `-${short}, `;
			return [`${shortForm}${flagUsage(flag)}`, summary] as const;
		}),
	);
}

/** Two columns. A meaning that is too long for its line goes on below itself. */
function alignPairs(pairs: readonly (readonly [string, string])[]): string[] {
	const width = Math.max(...pairs.map(([term]) => term.length));
	return pairs.flatMap(([term, meaning]) =>
		wrap(meaning, WIDTH - width - 4).map((line, index) =>
			indent(`${(index === 0 ? term : '').padEnd(width)}  ${line}`),
		),
	);
}

function wrap(text: string, width: number): string[] {
	const lines: string[] = [];
	for (const word of text.split(' ')) {
		const last = lines.at(-1);
		if (last === undefined || last.length + word.length + 1 > width) lines.push(word);
		else lines[lines.length - 1] = `${last} ${word}`;
	}
	return lines;
}

function indent(line: string): string {
	return `  ${line}`;
}
