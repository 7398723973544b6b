import { FathomError } from '../../errors.ts';
import { misplacedFlag } from '../../settings/command-line/split-build.ts';
import { askProgram } from '../../sources/engine/run-program.ts';
import { ci } from '../ci.ts';
import type { CommandContext, CommandResult } from '../command.ts';
import { exploreOrSummarise } from '../explore-or-summary.ts';
import { checkOutputs } from '../output/check-outputs.ts';
import { isContinuousIntegration } from '../running/watcher.ts';
import { dockerfileOfBuild } from './dockerfile-of-build.ts';
import { type Builder, runBuild } from './run-build.ts';

const VERSION_MILLISECONDS = 10_000;

/**
 * Builds an image with docker or podman, then explores it; where nobody looks, as in CI, holds it against the rules. Throws `FathomError`,
 * with `build` when the build fails.
 */
export async function build(context: CommandContext): Promise<CommandResult> {
	const { rest, host, signal, settings } = context;
	await checkOutputs(context);
	const builder = await chooseBuilder(context);
	const { environment } = host;
	const reference = await runBuild({ builder, rest, environment, signal }).catch((error: unknown) => {
		throw withMisplacedFlag(error, rest);
	});
	const dockerfile = context.dockerfile ?? (await dockerfileOfBuild(builder, rest));
	const built = { ...context, reference, dockerfile, settings: { ...settings, source: builder } };
	const isWatched = context.stdout.isTTY && !isContinuousIntegration(host.environment);
	const opening = isWatched ? exploreOrSummarise(built) : ci(built);
	return opening.catch((error: unknown) => {
		throw withPlace(error, rest);
	});
}

async function chooseBuilder(context: CommandContext): Promise<Builder> {
	const { source } = context.settings;
	if (source === 'docker' || source === 'podman') return source;
	if (source !== null) {
		throw new FathomError({
			code: 'usage',
			message: `--source ${source}: only docker and podman build images.`,
			hint: 'fathom --source podman build .',
		});
	}
	const docker = await versionOf('docker', context);
	// Where docker is podman under another name, the image is in podman.
	if (docker !== null) return docker.startsWith('podman') ? 'podman' : 'docker';
	if ((await versionOf('podman', context)) !== null) return 'podman';
	throw new FathomError({
		code: 'unavailable',
		message: 'Neither docker nor podman is installed, and fathom build needs one of them.',
		hint: 'Install one, or put its folder on the PATH.',
	});
}

/** What a program says of itself; null where it is not there. */
async function versionOf(program: Builder, { host, signal }: CommandContext): Promise<string | null> {
	const asked = { program, options: ['--version'], environment: { ...host.environment }, signal };
	try {
		const { stdout } = await askProgram(asked, VERSION_MILLISECONDS);
		return stdout.toString('utf8').trim().toLowerCase();
	} catch (error) {
		if (error instanceof FathomError && error.code === 'unavailable') return null;
		throw error;
	}
}

/** BuildKit may leave the image where it was built, or send it to a registry alone: the engine does not have it then. */
function withPlace(error: unknown, rest: readonly string[]): unknown {
	if (!(error instanceof FathomError) || error.code !== 'not-found') return error;
	const { code, message, cause } = error;
	const name = rest.some((text) => /^--(?:push|output)(?:=|$)|^-o/.test(text)) ? tagIn(rest) : null;
	const pushed = name === null ? '' : `; or read what was pushed: fathom registry:${name}`;
	const hint = `Add --load, so that the image is also in the engine${pushed}`;
	return new FathomError({ code, message, cause, hint });
}

/** The first name that the build gives the image. */
function tagIn(rest: readonly string[]): string | null {
	const index = rest.findIndex((text) => /^(?:-t|--tag)(?:=|$)|^-t[^=]/.test(text));
	if (index === -1) return null;
	const inline = rest[index].replace(/^(?:--tag|-t)=?/, '');
	return inline === '' ? (rest[index + 1] ?? null) : inline;
}

/** docker knows none of fathom's flags, and fails with them. */
function withMisplacedFlag(error: unknown, rest: readonly string[]): unknown {
	if (!(error instanceof FathomError) || error.code !== 'build') return error;
	const flag = misplacedFlag(rest);
	if (flag === null) return error;
	const { code, message, cause } = error;
	return new FathomError({
		code,
		message,
		cause,
		hint: `Put fathom's own flags before build: fathom ${flag} ... build`,
	});
}
