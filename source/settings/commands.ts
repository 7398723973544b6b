/** The verbs of the command line. `explore` is the one for an image without a verb. */
export type CommandName = 'explore' | 'diff' | 'ci' | 'report' | 'build' | 'demo' | 'cache' | 'cache prune';

export interface CommandDefinition {
	readonly name: CommandName;
	/** What to type, without the flags. */
	readonly usage: string;
	/** One line, for the list of commands. */
	readonly summary: string;
	/** Whole sentences, for the help of this command. */
	readonly description: string;
	/** How many images the user names. */
	readonly imageCount: 0 | 1 | 2;
	/** Whether a path in the images may follow. */
	readonly takesPath?: true;
	readonly examples: readonly string[];
}

/** Every command, in the order of the help text. */
export const commands: readonly CommandDefinition[] = [
	{
		name: 'explore',
		usage: 'fathom IMAGE',
		summary: 'explore the layers and files of an image',
		description:
			'Opens the image in the explorer. If standard output is not a terminal, or is one that cannot be drawn on (TERM=dumb), prints a summary instead. If CI is set, prints the summary and the verdict of the rules, and exits with 1 if a rule fails.',
		imageCount: 1,
		examples: [
			'fathom nginx:latest',
			'fathom app.tar --json app.json',
			'fathom registry:registry.example/acme/app --platform linux/arm64',
			'ssh host docker save app | fathom -',
		],
	},
	{
		name: 'diff',
		usage: 'fathom diff OLD NEW [PATH]',
		summary: 'compare two images: files, layers, config, figures',
		description:
			'Compares two images from any two sources: which files were added, removed, changed or moved, which layers are new, what differs in the config, and what that costs. With the PATH of a file, prints the unified diff of that file; with the PATH of a folder, reports only what is below it. A flag such as --platform or --source that is given twice is for OLD and NEW in that order; one reference with two platforms compares those, and has to be named twice before a PATH. On a terminal, opens the explorer; a PATH, --format, --output, --json, --full, --only, --ignore, --patch, --strict, --reproducible or --exit-code prints text instead. Exits with 0, also if the images differ; with --exit-code, exits with 1 if they do; exits with 2 if they could not be compared.',
		imageCount: 2,
		takesPath: true,
		examples: [
			'fathom diff app:1.0 app:1.1',
			'fathom diff app:1.0 app:1.1 /etc/passwd',
			'fathom diff app:1.0 app:1.1 /etc --patch',
			'fathom diff registry:registry.example/acme/app:1.0 app.tar',
			'fathom diff old.tar new.tar --format markdown --output comment.md',
			"fathom diff old.tar new.tar --only files --ignore '**/*.pyc' --exit-code",
			'fathom diff --platform linux/amd64 --platform linux/arm64 registry:alpine',
		],
	},
	{
		name: 'ci',
		usage: 'fathom ci IMAGE',
		summary: 'check the image against rules; exit 1 if any fails',
		description:
			'Checks the image against rules and prints the verdict. Exits with 0 if every rule passes, 1 if a rule fails, and 2 if the image could not be checked.',
		imageCount: 1,
		examples: [
			'fathom ci app:latest',
			'fathom ci app.tar --lowest-efficiency 95% --highest-wasted-bytes 20MB',
			'fathom ci app:latest --source docker --json app.json',
		],
	},
	{
		name: 'report',
		usage: 'fathom report IMAGE',
		summary: 'write a full report of the image, as JSON or text',
		description:
			'Writes everything fathom knows about the image: figures, layers, every changed path and every wasted byte.',
		imageCount: 1,
		examples: [
			'fathom report app:latest --output app.json',
			'fathom report app.tar --format text',
			"fathom report app:latest | jq '.layers[].changes[].path'",
		],
	},
	{
		name: 'build',
		usage: 'fathom build [ARGS]',
		summary: 'build an image with Docker or Podman, then open it',
		description:
			'Runs docker build and opens the image it builds. Runs podman build instead if Docker is not installed or --source podman is given. If standard output is not a terminal, or if CI is set, checks the image against rules as fathom ci does. Everything after "build" is passed on to Docker or Podman; flags for fathom go before it.',
		imageCount: 0,
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
		description: 'Opens the sample image that comes with fathom, a small app with every kind of waste in it.',
		imageCount: 0,
		examples: ['fathom demo'],
	},
	{
		name: 'cache',
		usage: 'fathom cache',
		summary: 'list what is in the cache',
		description:
			'Lists what fathom has cached so that it can open an image faster the next time: the cache folder, and the size and last use of each entry. The contents of files in an image are never cached.',
		imageCount: 0,
		examples: ['fathom cache', 'FATHOM_CACHE_DIR=/var/cache/fathom fathom cache'],
	},
	{
		name: 'cache prune',
		usage: 'fathom cache prune',
		summary: 'remove old entries from the cache',
		description:
			'Removes entries that have been unused for too long, then the least recently used ones until the cache is small enough. Without flags, the limits are the settings cache-age and cache-size. fathom also applies those by itself once a day.',
		imageCount: 0,
		examples: [
			'fathom cache prune',
			'fathom cache prune --older-than 7d --max-size 200MB',
			'fathom cache prune --all',
		],
	},
];

export const allCommands: readonly CommandName[] = commands.map(({ name }) => name);

/** The commands to which the user names an image. */
export const referenceCommands: readonly CommandName[] = commands
	.filter(({ imageCount }) => imageCount > 0)
	.map(({ name }) => name);

/** The commands that open an image. */
export const imageCommands: readonly CommandName[] = [...referenceCommands, 'build', 'demo'];

/** The commands that are about one image. */
export const singleImageCommands: readonly CommandName[] = imageCommands.filter((name) => name !== 'diff');

/** The definition of a command. */
export function commandNamed(name: CommandName): CommandDefinition {
	const found = commands.find((command) => command.name === name);
	if (found === undefined) throw new TypeError(`No such command: ${name}`);
	return found;
}
