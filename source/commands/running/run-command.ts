import { availableParallelism } from 'node:os';
import type { Naming } from '../../analysis/base.ts';
import { FathomError } from '../../errors.ts';
import type { Dockerfile } from '../../image/source-lines.ts';
import { type CommandName, figureCommands } from '../../settings/commands.ts';
import { CONFIG_FILE_NAME } from '../../settings/config-file.ts';
import { configPathOf, variableOf } from '../../settings/environment.ts';
import type { Command, CommandContext, CommandResult } from '../command.ts';
import { startEarlyWorker } from '../early-worker.ts';
import { openCache } from '../open-cache.ts';
import { noAccess, readAccess } from '../read-access.ts';
import { samplePath, samplePlatform } from '../sample-image.ts';
import { isContinuousIntegration } from './watcher.ts';

/** Each command is loaded when it is asked for, so that none pays for what another one needs. */
const loaders: Readonly<Record<CommandName, () => Promise<Command>>> = {
	explore: async () => (await import('../explore-or-summary.ts')).exploreOrSummarise,
	diff: async () => (await import('../diff.ts')).diff,
	ci: async () => (await import('../ci.ts')).ci,
	files: async () => (await import('../files/files.ts')).files,
	cat: async () => (await import('../files/cat.ts')).cat,
	extract: async () => (await import('../extract/extract.ts')).extract,
	explain: async () => (await import('../explain.ts')).explain,
	build: async () => (await import('../build/build.ts')).build,
	report: async () => (await import('../report.ts')).report,
	demo: async () => (await import('../explore-or-summary.ts')).exploreOrSummarise,
	cache: async () => (await import('../cache.ts')).cache,
	'cache prune': async () => (await import('../cache.ts')).cachePrune,
};

export interface CommandRequest
	extends Omit<
		CommandContext,
		'reference' | 'cache' | 'access' | 'earlyWorker' | 'base' | 'dockerfile' | 'command'
	> {
	/** The image as it was typed; null for `demo`, which brings its own, and for commands that are about no image. */
	readonly reference: string | null;
}

/** Runs one command. Throws `FathomError`. */
export async function runCommand(name: CommandName, request: CommandRequest): Promise<CommandResult> {
	if (name === 'explore' && request.reference === null) return runHome(request);
	const reference = request.reference ?? samplePath;
	if (request.stdin.isTTY) rejectKeyboard(name, reference, request.newImage?.reference ?? null);
	const earlyWorker = startEarlyWorker(name, reference, availableParallelism());
	const [command, cache] = await Promise.all([loaders[name](), openCache(request)]);
	const access = request.reference === null ? noAccess : await readAccess({ ...request, reference });
	// The sample image is meant as it is, whatever this machine is.
	const settings = name === 'demo' ? { ...request.settings, platform: samplePlatform } : request.settings;
	const context = { ...request, command: name, settings, reference, access, cache, earlyWorker };
	const dockerfile = await findDockerfile(settings);
	return command({ ...context, dockerfile, base: await findBase({ ...context, dockerfile }) });
}

/** Without an image, there are those at hand to choose from. Throws `usage` where nobody can. */
async function runHome(request: CommandRequest): Promise<CommandResult> {
	const [{ home }, cache] = await Promise.all([import('../home/home.ts'), openCache(request)]);
	const access = await readAccess({ ...request, reference: '' });
	const dockerfile = await findDockerfile(request.settings);
	const context = {
		...request,
		command: 'explore',
		reference: '',
		access,
		cache,
		earlyWorker: null,
		dockerfile,
	} as const;
	return home({ ...context, base: await findBase(context) });
}

/** Throws `usage` where an image is to come by a standard input at which somebody types. */
function rejectKeyboard(name: CommandName, reference: string, newReference: string | null): void {
	if (reference !== '-' && newReference !== '-') return;
	const images = newReference === null ? '-' : reference === '-' ? '- NEW' : 'OLD -';
	throw new FathomError({
		code: 'usage',
		message: 'Standard input is a terminal; pipe an archive into it.',
		hint: `docker save NAME | fathom ${name === 'explore' ? '' : `${name} `}${images}`,
	});
}

async function findDockerfile({
	dockerfile,
	target,
}: CommandContext['settings']): Promise<Dockerfile | null> {
	if (dockerfile === null) return null;
	const { readDockerfile } = await import('../read-dockerfile.ts');
	return readDockerfile(dockerfile, target);
}

/** What the user says the base is. An image has to be found for that. */
async function findBase(context: Omit<CommandContext, 'base'>): Promise<CommandContext['base']> {
	const { base } = context.settings;
	if (base === null || !figureCommands.includes(context.command)) return null;
	const naming = namingOf(context);
	if (base.kind === 'layers') return { ...base, ...naming };
	const { openBaseImage } = await import('../related/base-image.ts');
	return openBaseImage(base.reference, context, naming);
}

/** Where the user named the base. A setting is for all images of a folder; only a gate insists that it fits. */
function namingOf({
	command,
	flags,
	settings: { baseLine },
	host: { environment },
}: Pick<CommandContext, 'command' | 'flags' | 'settings' | 'host'>): Required<Naming> {
	if (flags.has('base')) return { label: '--base', isOptional: false };
	const variable = variableOf('base');
	const file = flags.get('config') ?? configPathOf(environment) ?? CONFIG_FILE_NAME;
	const isGate =
		command === 'ci' ||
		command === 'build' ||
		(command === 'explore' && isContinuousIntegration(environment));
	return { label: environment[variable] ? variable : `${file}:${baseLine}: base`, isOptional: !isGate };
}
