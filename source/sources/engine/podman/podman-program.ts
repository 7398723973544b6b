import { FathomError } from '../../../errors.ts';
import { parseJson } from '../../../image/json.ts';
import type { Chunks } from '../../../tar/compression/unpack.ts';
import type { Host } from '../../host.ts';
import type { FoundImage, ReadOptions, SourceInput } from '../../image-source.ts';
import { truncatedExport } from '../export/export-error.ts';
import { findExport } from '../export/find-export.ts';
import { programExport } from '../export/image-export.ts';
import { noSuchImage } from '../image-name.ts';
import { withoutFullStop } from '../message-text.ts';
import { askProgram, ProgramOutput, type ProgramResult } from '../run-program.ts';
import { EXPORT_FORMAT, requirePlatform } from './find-in-podman.ts';
import { type PodmanConnection, parseConnections } from './podman-endpoints.ts';
import { parsePodmanImage, tellPodmanImage } from './podman-image.ts';

const TIMEOUT_MILLISECONDS = 20_000;
const PODMAN = 'podman';

/** Finds an image with the podman program, where Podman has no socket. */
export async function findWithPodmanProgram(input: SourceInput, options: ReadOptions): Promise<FoundImage> {
	const { name, host } = input;
	const { signal } = options;
	const version = await podmanVersion(host, signal);
	const engine = `Podman${version === null ? '' : ` ${version}`} through the podman program`;
	const result = await runPodman(host, ['image', 'inspect', '--', name], signal);
	if (result.exitCode !== 0) throw notInspected(engine, name, result);
	const document = parseJson(result.stdout, 'The output of podman');
	const found = parsePodmanImage(Array.isArray(document) ? document[0] : document);
	if (found === null) throw notInspected(engine, name, result);
	requirePlatform(engine, found, input);
	return findExport({
		input,
		options,
		sourceKind: 'podman-engine',
		engine,
		...found,
		tell: async () => tellPodmanImage(found, []),
		imageExport: programExport((given) => saveImage(engine, input, given)),
	});
}

/** The connections that are configured, in `containers.conf` for example; none where the program fails to list them. */
export async function listConnections(
	host: Host,
	signal?: AbortSignal,
): Promise<readonly PodmanConnection[]> {
	const options = ['system', 'connection', 'list', '--format', 'json'];
	const { exitCode, stdout } = await runPodman(host, options, signal);
	return exitCode === 0 && stdout.length > 0
		? parseConnections(parseJson(stdout, 'The output of podman'))
		: [];
}

function saveImage(label: string, { name, host }: SourceInput, signal?: AbortSignal): Chunks {
	const options = ['image', 'save', '--quiet', '--format', EXPORT_FORMAT, '--', name];
	return podmanOutput(host, options, { label, name, signal });
}

export interface PodmanExport {
	/** Podman, and what it exports, for messages. */
	readonly label: string;
	readonly name: string;
	readonly signal?: AbortSignal | undefined;
	/** Whether the program opens `/dev/stdout`, which cannot be done where that is a socket, as the pipes of Node are. */
	readonly opensOutput?: boolean;
}

/** Runs podman behind a pipe of the shell, and exits as podman does. Its arguments are no part of the script. */
const behindPipe = 'exec 3>&1; exit $({ { "$0" "$@" 3>&- 4>&-; echo $? >&4; } | cat >&3 4>&-; } 4>&1)';

/** What the program writes to its standard output. Throws `truncated` where it fails. */
export async function* podmanOutput(
	host: Host,
	options: readonly string[],
	{ label, name, signal, opensOutput = false }: PodmanExport,
): Chunks {
	const run =
		opensOutput && host.system !== 'win32'
			? { program: 'sh', options: ['-c', behindPipe, PODMAN, ...options] }
			: { program: PODMAN, options };
	const output = new ProgramOutput({ ...run, environment: environmentOf(host), signal });
	yield* output.chunks();
	if (output.exitCode !== 0)
		throw truncatedExport(label, name, new Error(output.lastError || `exit code ${output.exitCode}`));
}

/** Runs the program to its end. Throws `unavailable` when it is not installed. */
export function runPodman(
	host: Host,
	options: readonly string[],
	signal?: AbortSignal,
): Promise<ProgramResult> {
	return askProgram(
		{ program: PODMAN, options, environment: environmentOf(host), signal },
		TIMEOUT_MILLISECONDS,
	);
}

/** The version of the program; null where it does not say. */
export async function podmanVersion(host: Host, signal?: AbortSignal): Promise<string | null> {
	const { stdout } = await runPodman(host, ['--version'], signal);
	return /(\d[\w.-]*)\s*$/.exec(stdout.toString())?.[1] ?? null;
}

function notInspected(engine: string, name: string, { lastError }: ProgramResult): FathomError {
	if (/not known|no such image|not found|unable to find/i.test(lastError))
		return noSuchImage(engine, name, [], 'podman pull');
	return podmanFailure(engine, { lastError }, 'podman image ls');
}

/** For a run of the program that failed. `check` is a command that shows whether Podman works. */
export function podmanFailure(
	engine: string,
	{ lastError }: Pick<ProgramResult, 'lastError'>,
	check: string,
): FathomError {
	const isDenied = /permission denied|operation not permitted/i.test(lastError);
	return new FathomError({
		code: isDenied ? 'denied' : 'unavailable',
		message: `${engine}: ${withoutFullStop(lastError) || 'podman failed'}.`,
		hint: `Check that this works: ${check}`,
	});
}

/** Podman takes an empty variable for an address. */
function environmentOf({ environment }: Host): Host['environment'] {
	const { CONTAINER_HOST, ...rest } = environment;
	return CONTAINER_HOST ? environment : rest;
}
