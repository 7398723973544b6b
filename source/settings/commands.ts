/** What a user can ask for. `explore` is what a bare image means. */
export type CommandName = 'explore' | 'ci' | 'report' | 'build' | 'demo' | 'cache' | 'cache prune';

export interface CommandDefinition {
	readonly name: CommandName;
	/** As it is typed, without the flags. */
	readonly usage: string;
	/** One line, for the list of commands. */
	readonly summary: string;
	/** Whole sentences, for the help of this command. */
	readonly description: string;
	readonly takesImage: boolean;
	readonly examples: readonly string[];
}

/** Every command, in the order of the help text. */
export const commands: readonly CommandDefinition[] = [
	{
		name: 'explore',
		usage: 'fathom IMAGE',
		summary: 'explore the layers and their files in a terminal',
		description: 'Opens the image in the explorer. Where standard output is no terminal, prints a summary.',
		takesImage: true,
		examples: [
			'fathom nginx:latest',
			'fathom app.tar --json app.json',
			'fathom registry:registry.example/acme/app --platform linux/arm64',
			'ssh host docker save app | fathom -',
		],
	},
	{
		name: 'ci',
		usage: 'fathom ci IMAGE',
		summary: 'hold the image against rules; 1 when one fails',
		description:
			'Holds the image against rules and prints the verdict. Exits with 0 when all of them hold, 1 when one does not, and 2 when the image could not be judged.',
		takesImage: true,
		examples: [
			'fathom ci app:latest',
			'fathom ci app.tar --lowest-efficiency 95% --highest-wasted-bytes 20MB',
			'fathom ci app:latest --source docker --json app.json',
		],
	},
	{
		name: 'report',
		usage: 'fathom report IMAGE',
		summary: 'write all that is known of the image, as JSON or text',
		description:
			'Writes everything that is known of the image: figures, layers, every changed path and every wasted byte.',
		takesImage: true,
		examples: [
			'fathom report app:latest --output app.json',
			'fathom report app.tar --format text',
			"fathom report app:latest | jq '.layers[].changes[].path'",
		],
	},
	{
		name: 'build',
		usage: 'fathom build [ARGS]',
		summary: 'build an image with docker or podman, and explore it',
		description:
			'Runs docker build, or podman build where docker is not installed or --source podman says so, and opens the image that comes of it. Where standard output is no terminal, or CI is set, holds it against the rules as fathom ci does. What stands behind "build" is for docker or podman, fathom\'s own flags stand in front of it.',
		takesImage: false,
		examples: [
			'fathom build .',
			'fathom build -t app:latest --target release .',
			'fathom --lowest-efficiency 95% --json app.json build --pull .',
			'fathom --source podman build .',
		],
	},
	{
		name: 'demo',
		usage: 'fathom demo',
		summary: 'explore the sample image that comes with fathom',
		description: 'Opens the sample image that comes with fathom: a small app with every kind of waste in it.',
		takesImage: false,
		examples: ['fathom demo'],
	},
	{
		name: 'cache',
		usage: 'fathom cache',
		summary: 'list what is kept of images that were read',
		description:
			'Lists what is kept of images that were read, so that the next look at them is quick: how much it is, when it was last used and where it lies. What lies in the files of an image is never kept.',
		takesImage: false,
		examples: ['fathom cache', 'FATHOM_CACHE_DIR=/var/cache/fathom fathom cache'],
	},
	{
		name: 'cache prune',
		usage: 'fathom cache prune',
		summary: 'remove what is old, or more than there should be',
		description:
			'Removes what was not used for long, then what was not used for longest until the rest is small enough. Without a flag it goes by the settings cache-age and cache-size, as every run does by itself once a day.',
		takesImage: false,
		examples: [
			'fathom cache prune',
			'fathom cache prune --older-than 7d --max-size 200MB',
			'fathom cache prune --all',
		],
	},
];

export function commandNamed(name: CommandName): CommandDefinition {
	const found = commands.find((command) => command.name === name);
	if (found === undefined) throw new TypeError(`No such command: ${name}`);
	return found;
}
