import { FathomError } from '../../../errors.ts';
import { parseJson } from '../../../image/json.ts';
import type { Chunks } from '../../../tar/unpack.ts';
import type { Host } from '../../host.ts';
import type { FoundImage, OpenOptions, SourceInput } from '../../image-source.ts';
import { brokenOff, withoutStop } from '../engine-error.ts';
import { findExport } from '../export/find-export.ts';
import { programExport } from '../export/stream-export.ts';
import { noSuchImage } from '../image-name.ts';
import { askProgram, ProgramOutput, type ProgramResult } from '../run-program.ts';
import { EXPORT_FORMAT, requirePlatform } from './find-in-podman.ts';
import { type PodmanDestination, parseDestinations } from './podman-endpoints.ts';
import { parsePodmanImage } from './podman-image.ts';

const PATIENCE_MILLISECONDS = 20_000;
const PODMAN = 'podman';

/** An image of a Podman without a socket: its program is asked. */
export async function findWithPodmanProgram(input: SourceInput, options: OpenOptions): Promise<FoundImage> {
	const { name, host } = input;
	const { signal } = options;
	const version = await askVersion(host, signal);
	const engine = `Podman${version === null ? '' : ` ${version}`} by its program`;
	const answer = await run(host, ['image', 'inspect', '--', name], signal);
	if (answer.exitCode !== 0) throw notInspected(engine, name, answer);
	const document = parseJson(answer.stdout, 'The answer of podman');
	const found = parsePodmanImage(Array.isArray(document) ? document[0] : document);
	if (found === null) throw notInspected(engine, name, answer);
	requirePlatform(engine, found, input, options);
	return findExport({
		input,
		options,
		sourceKind: 'podman-engine',
		engine,
		...found,
		imageExport: programExport((given) => saveImage(engine, input, given)),
	});
}

/** The connections that `containers.conf` has; none where the program does not say. */
export async function askDestinations(
	host: Host,
	signal?: AbortSignal,
): Promise<readonly PodmanDestination[]> {
	const options = ['system', 'connection', 'list', '--format', 'json'];
	const { exitCode, stdout } = await run(host, options, signal);
	return exitCode === 0 && stdout.length > 0
		? parseDestinations(parseJson(stdout, 'The answer of podman'))
		: [];
}

async function* saveImage(engine: string, { name, host }: SourceInput, signal?: AbortSignal): Chunks {
	const options = ['image', 'save', '--quiet', '--format', EXPORT_FORMAT, '--', name];
	const output = new ProgramOutput({ program: PODMAN, options, environment: environmentOf(host), signal });
	yield* output.chunks();
	if (output.exitCode !== 0)
		throw brokenOff(engine, name, new Error(output.said || `exit code ${output.exitCode}`));
}

function run(host: Host, options: readonly string[], signal?: AbortSignal): Promise<ProgramResult> {
	return askProgram(
		{ program: PODMAN, options, environment: environmentOf(host), signal },
		PATIENCE_MILLISECONDS,
	);
}

async function askVersion(host: Host, signal?: AbortSignal): Promise<string | null> {
	const { stdout } = await run(host, ['--version'], signal);
	return /(\d[\w.-]*)\s*$/.exec(stdout.toString())?.[1] ?? null;
}

function notInspected(engine: string, name: string, { said }: ProgramResult): FathomError {
	if (/not known|no such image|not found|unable to find/i.test(said))
		return noSuchImage(engine, name, [], 'podman pull');
	const isDenied = /permission denied|operation not permitted/i.test(said);
	return new FathomError({
		code: isDenied ? 'denied' : 'unavailable',
		message: `${engine}: ${withoutStop(said) || 'podman image inspect fails'}.`,
		hint: 'Look whether it works: podman image ls',
	});
}

/** Podman takes a variable that is set to nothing for an address. */
function environmentOf({ environment }: Host): Host['environment'] {
	const { CONTAINER_HOST, ...rest } = environment;
	return CONTAINER_HOST ? environment : rest;
}
