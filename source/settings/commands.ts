/** The verbs of the command line. `explore` is the one for an image without a verb. */
export type CommandName =
	| 'explore'
	| 'diff'
	| 'ci'
	| 'report'
	| 'files'
	| 'cat'
	| 'extract'
	| 'explain'
	| 'build'
	| 'demo'
	| 'cache'
	| 'cache prune';

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
	/** How many paths in the images follow, or without an image how many codes; none by default. */
	readonly pathCount?: { readonly least: number; readonly most: number };
	readonly examples: readonly string[];
}

/** Every command, in the order of the help text. */
export const commands: readonly CommandDefinition[] = [
	{
		name: 'explore',
		usage: 'fathom IMAGE',
		summary: 'explore the layers and files of an image',
		description:
			'Opens the image in the explorer. Without an image, lists the images at hand: those of Docker, Podman and containerd on this machine, archives and OCI layouts in the current folder, and what was opened last. If standard output is not a terminal, or is one that cannot be drawn on (TERM=dumb), prints a summary instead. If CI is set, prints the summary and the verdict of the rules, and exits with 1 if a rule fails.',
		imageCount: 1,
		examples: [
			'fathom nginx:latest',
			'fathom app.tar --json app.json',
			'fathom app.tar --at /srv/app --layer 8',
			'fathom registry:registry.example/acme/app --platform linux/arm64',
			'ssh host docker save app | fathom -',
		],
	},
	{
		name: 'diff',
		usage: 'fathom diff OLD NEW [PATH]',
		summary: 'compare two images: files, layers, config, figures',
		description:
			'Compares two images from any two sources: which files were added, removed, changed or moved, which layers are new, what differs in the config, and what that costs. With the PATH of a file, prints the unified diff of that file; with the PATH of a folder, reports only what is below it. A flag such as --platform or --source that is given twice is for OLD and NEW in that order; one reference with two platforms compares those, and has to be named twice before a PATH. On a terminal, opens the explorer, with the PATH of a folder at that folder; the PATH of a file, --format, --output, --json, --full, --patch, --strict, --reproducible or --exit-code prints text instead. Exits with 0, also if the images differ; with --exit-code, exits with 1 if they do; exits with 2 if they could not be compared.',
		imageCount: 2,
		pathCount: { least: 0, most: 1 },
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
			'Writes everything fathom knows about the image: figures, layers, every changed path, every wasted byte, and what the contents of files say. --only limits it to some parts: figures, findings, changes, packages, copies, deleted, secrets and ledger. In text, a part that is asked for alone has up to 100 rows.',
		imageCount: 1,
		examples: [
			'fathom report app:latest --output app.json',
			'fathom report app.tar --format text',
			"fathom report app:latest | jq '.layers[].changes[].path'",
		],
	},
	{
		name: 'files',
		usage: 'fathom files IMAGE [PATH...]',
		summary: 'list the files of the image or of a layer',
		description:
			'Lists the files of the image as they are in the end or, with --layer, as a layer left them; with --changes, what each layer or that one layer did. With a PATH, lists only that path and what is below it. A line has the mode, the owner, the size in bytes, the modification time in UTC, the layer that brought the path as it is, and the path; with --changes, before these, A for added, M for changed content, m for changed metadata, = for an identical copy, and D for removed.',
		imageCount: 1,
		pathCount: { least: 0, most: Number.POSITIVE_INFINITY },
		examples: [
			'fathom files nginx:latest',
			'fathom files nginx:latest /etc /usr/share',
			'fathom files app.tar --layer 3 --changes',
			"fathom files app.tar --sort size --filter '>1MB !/usr/lib'",
			"fathom files app.tar --format ndjson | jq -r 'select(.uid > 0).path'",
			"fathom files app.tar -0 --filter '~\\.so$' | sort -z",
		],
	},
	{
		name: 'cat',
		usage: 'fathom cat IMAGE PATH',
		summary: 'print a file of the image',
		description:
			'Prints the content of a file, byte for byte, as the image has it in the end or, with --layer, as a layer left it. Symlinks are followed as in a container: inside the image. On a terminal, control characters are escaped, and a file that is not text is refused.',
		imageCount: 1,
		pathCount: { least: 1, most: 1 },
		examples: [
			'fathom cat nginx:latest /etc/nginx/nginx.conf',
			'fathom cat app.tar /etc/passwd --layer 1',
			'fathom cat app:latest /usr/bin/app > app',
		],
	},
	{
		name: 'extract',
		usage: 'fathom extract IMAGE PATH...',
		summary: 'write files of the image to disk',
		description:
			'Writes files, and directories with all that is in them, below DIR, each at its path in the image, as they are in the end or, with --layer, as a layer left them. DIR and the folders above it are made if they are not there. Nothing else outside DIR is written, whatever the image holds, and no symlink is followed, neither one of the image nor one that was in DIR before. Files get their permissions and modification times, and belong to you. Devices, fifos, set-user-ID and set-group-ID bits are left out. Nothing that is there already is replaced without --force; it is left out, and the exit code is 2.',
		imageCount: 1,
		pathCount: { least: 1, most: Number.POSITIVE_INFINITY },
		examples: [
			'fathom extract nginx:latest /etc/nginx --to out',
			'fathom extract app.tar /etc/passwd /etc/group --layer 1 --to out',
			'sudo fathom extract app.tar / --to rootfs --owner',
		],
	},
	{
		name: 'explain',
		usage: 'fathom explain [CODE]',
		summary: 'explain a finding, such as owner-changed',
		description:
			'Says why a finding matters, and shows a Dockerfile that leads to it and one that does not. Without a CODE, lists all codes.',
		imageCount: 0,
		pathCount: { least: 0, most: 1 },
		examples: ['fathom explain', 'fathom explain owner-changed'],
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

/** The commands that are about files of one image, and work out nothing else. */
export const fileCommands: readonly CommandName[] = ['files', 'cat', 'extract'];

/** The commands that work out figures of an image. */
export const figureCommands: readonly CommandName[] = imageCommands.filter(
	(name) => !fileCommands.includes(name),
);

/** The commands that work out figures of one image. */
export const singleImageCommands: readonly CommandName[] = figureCommands.filter((name) => name !== 'diff');

/** The definition of a command. */
export function commandNamed(name: CommandName): CommandDefinition {
	const found = commands.find((command) => command.name === name);
	if (found === undefined) throw new TypeError(`No such command: ${name}`);
	return found;
}
