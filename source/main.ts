import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import type { CommandContext } from './commands/command.ts';
import { removeUnfinishedFiles } from './commands/output/output-file.ts';
import { isBrokenPipe, standardOutputSink } from './commands/output/standard-output.ts';
import { describeFailure, describeNote, describeWarning } from './commands/running/describe-failure.ts';
import { runCommand } from './commands/running/run-command.ts';
import { untilInterrupted } from './commands/running/until-interrupted.ts';
import { isContinuousIntegration } from './commands/running/watcher.ts';
import { FathomError } from './errors.ts';
import { listenForInterruption } from './interruption.ts';
import { packageRoot } from './package-root.ts';
import { parseArguments } from './settings/command-line/arguments.ts';
import { splitBuild } from './settings/command-line/split-build.ts';
import { helpText } from './settings/help.ts';
import { resolveSettings } from './settings/resolve-settings.ts';
import { unknownVariables } from './settings/unknown-variables.ts';
import type { Host } from './sources/host.ts';
import { withoutLogCommands } from './text/log-commands.ts';
import { coloured, plain } from './text/paint.ts';

/** The exit code when something could not be done: a wrong command line, an image that cannot be read. */
const EXIT_ERROR = 2;
/** As of a process that SIGINT ended. */
const EXIT_INTERRUPTED = 130;

/** Runs the program on the process's own arguments, and ends the process. */
export async function main(): Promise<void> {
	tolerateLeavingReaders();
	process.on('exit', removeUnfinishedFiles);
	const interruption = listenForInterruption(process);
	// What escapes every handler is a bug too, and no reason to show a stack to somebody who did not ask for it.
	process.on('uncaughtException', (error) => {
		// What is printed on the explorer's screen would go with it.
		interruption.stop();
		process.exit(printFailure(error));
	});
	const exitCode = await run(interruption.signal).catch(printFailure);
	// All output is written by now. What still waits, such as a pipe that nobody closes, must not keep the process alive.
	process.exit(interruption.exitCode ?? exitCode);
}

async function run(signal: AbortSignal): Promise<number> {
	const packageJson: Readonly<Record<string, unknown>> & { readonly version: string } = JSON.parse(
		readFileSync(new URL('package.json', packageRoot), 'utf8'),
	);
	const invocation = parseArguments(process.argv.slice(2), packageJson);
	const output = standardOutputSink(process.stdout);
	if (invocation.kind !== 'run') {
		const text = invocation.kind === 'version' ? `${packageJson.version}\n` : helpText(invocation.topic);
		await output.write(Buffer.from(text));
		return 0;
	}
	const { command, reference, newReference, paths, rest, flags, newFlags } = invocation;
	const host = thisHost();
	const { environment, currentFolder } = host;
	const place = { command, environment, folder: currentFolder };
	const settings = await untilInterrupted(resolveSettings({ flags, ...place }), signal);
	const settingsOfNew = { flags: new Map([...flags, ...newFlags]), ...place };
	const newImage =
		newReference === null
			? null
			: {
					reference: newReference,
					settings:
						newFlags.size === 0 ? settings : await untilInterrupted(resolveSettings(settingsOfNew), signal),
				};
	const { stdout } = process;
	const { digests } = settings;
	const layout = { version: packageJson.version, digests, signal, ...terminalLayout(stdout) };
	const { stdin, stderr } = process;
	const onWarning = (message: string) => printLines(describeWarning(message));
	for (const message of unknownVariables(environment)) onWarning(message);
	return runCommand(command, {
		reference,
		newImage,
		paths,
		rest,
		settings,
		flags,
		host,
		stdin,
		stdout,
		stderr,
		output,
		layout,
		signal,
		onNote: printNote,
		onWarning,
	});
}

function thisHost(): Host {
	return {
		environment: process.env,
		homeFolder: homeFolderOf(process.env),
		currentFolder: process.cwd(),
		system: process.platform,
		userId: process.getuid?.() ?? null,
	};
}

/** A container may run as a user whom no list of users knows, and that has no home then. */
function homeFolderOf({ HOME = '/' }: NodeJS.ProcessEnv): string {
	try {
		return homedir();
	} catch {
		return HOME;
	}
}

/** Where there is no terminal nothing is cut and nothing is coloured (https://no-color.org). */
function terminalLayout(
	stdout: NodeJS.WriteStream,
): Pick<CommandContext['layout'], 'width' | 'paint' | 'isLog'> {
	const isLog = isLogged(stdout);
	if (!stdout.isTTY) return { width: null, paint: plain, isLog };
	const wantsColour = !process.env.NO_COLOR && process.env.TERM !== 'dumb';
	return { width: stdout.columns || 80, paint: wantsColour ? coloured : plain, isLog };
}

/** A terminal that a CI system gives to a job goes into its log too. */
function isLogged({ isTTY }: NodeJS.WriteStream): boolean {
	return !isTTY || isContinuousIntegration(process.env);
}

function printNote(note: Parameters<CommandContext['onNote']>[0]): void {
	printLines(describeNote(note, { verbose: isVerbose() }));
}

function printLines(lines: readonly string[]): void {
	const text = lines.map((line) => `${line}\n`).join('');
	process.stderr.write(isLogged(process.stderr) ? withoutLogCommands(text) : text);
}

function isVerbose(): boolean {
	return splitBuild(process.argv.slice(2)).own.includes('--verbose');
}

function printFailure(error: unknown): number {
	printLines(describeFailure(error, { verbose: isVerbose() }));
	return error instanceof FathomError && error.code === 'interrupted' ? EXIT_INTERRUPTED : EXIT_ERROR;
}

/** A reader such as `head` may leave at any time, which is no failure of ours; the sink hears of all other failures itself. */
function tolerateLeavingReaders(): void {
	process.stdout.on('error', () => {});
	process.stderr.on('error', (error) => {
		if (!isBrokenPipe(error)) throw error;
	});
}
