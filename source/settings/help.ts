import { type CommandDefinition, type CommandName, commandNamed, commands } from './commands.ts';
import { type FlagDefinition, flagLabel, flags } from './flags.ts';

/** The help text for all of fathom, or for one command. */
export function helpText(topic: CommandName | null): string {
	const lines = topic === null ? generalHelp() : commandHelp(commandNamed(topic));
	return `${lines.join('\n')}\n`;
}

/** What may stand for IMAGE, by example. */
const references = [
	['nginx:1.27', 'in Docker, Podman or containerd, else in its registry'],
	['docker:nginx', 'in Docker alone; podman:, containerd: and registry: likewise'],
	['app.tar', 'an archive of docker save, podman save or docker export'],
	['layout', 'a folder with an OCI image layout'],
	['archive:app', 'a path, even if it looks like a name; oci: for a folder'],
	['-', 'an archive on standard input'],
] as const;

function generalHelp(): string[] {
	const usages = commands.map(({ usage, summary }) => [usage, summary] as const);
	return [
		'Shows what is in a container image, layer by layer, and what of it is wasted.',
		'',
		'Usage',
		...alignPairs(usages),
		'',
		...referenceLines(),
		'',
		'Flags of all that reads an image',
		...flagLines((flag) => flag.commands.includes('explore')),
		'',
		'Flags of fathom report',
		...flagLines(belongsOnlyTo('report')),
		'',
		'Flags of fathom ci and fathom build',
		...flagLines(belongsOnlyTo('ci', 'build')),
		'',
		'Flags of fathom cache prune',
		...flagLines(belongsOnlyTo('cache prune')),
		'',
		...settingLines(),
		'',
		'Examples',
		...commands.map(({ examples }) => indent(examples[0])),
		indent('fathom ci --help'),
	];
}

function commandHelp({ name, usage, description, takesImage, examples }: CommandDefinition): string[] {
	return [
		...wrap(description, 80),
		'',
		'Usage',
		indent(usage),
		...(takesImage ? ['', ...referenceLines()] : []),
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
		'Settings come from flags, then from variables such as FATHOM_BASE, then from',
		'fathom.yaml in the current folder, where the limits of fathom ci stand under',
		'"rules".',
	];
}

function belongsOnlyTo(...names: readonly CommandName[]): (flag: FlagDefinition) => boolean {
	return ({ commands: takers }) =>
		takers.length === names.length && takers.every((name) => names.includes(name));
}

function flagLines(filter: (flag: FlagDefinition) => boolean): string[] {
	return alignPairs(
		flags.filter(filter).map((flag) => {
			const { short, value, summary } = flag;
			const shortForm = short === undefined ? '' : `-${short}, `;
			return [`${shortForm}${flagLabel(flag)}${value === null ? '' : ` ${value}`}`, summary] as const;
		}),
	);
}

function alignPairs(pairs: readonly (readonly [string, string])[]): string[] {
	const width = Math.max(...pairs.map(([term]) => term.length));
	return pairs.map(([term, meaning]) => indent(`${term.padEnd(width)}  ${meaning}`));
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
