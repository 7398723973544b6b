import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { programPath } from '../support/built-program.ts';

export const samplePath = fileURLToPath(new URL('../../sample/image.tar', import.meta.url));

/** No engine, no engine's client and no registry, so that a test sees the same on every machine. */
const noEngines = {
	PATH: '/nowhere',
	HOME: '/nowhere',
	DOCKER_HOST: 'unix:///nowhere/docker.sock',
	CONTAINER_HOST: 'unix:///nowhere/podman.sock',
	CONTAINERD_ADDRESS: '/nowhere/containerd.sock',
	HTTPS_PROXY: 'http://127.0.0.1:9',
};

export interface RunOptions {
	/** The current folder of the program; by default one without a fathom.yaml. */
	readonly folder?: string;
	/** What it reads from standard input; by default nothing. */
	readonly input?: Uint8Array;
	readonly environment?: Readonly<Record<string, string>>;
	/** Whose the process is; by default the user's. Only root may say so. */
	readonly userId?: number;
	/** Options of Node itself. */
	readonly nodeOptions?: readonly string[];
}

export interface Outcome {
	/** The exit code; null when a signal ended it. */
	readonly status: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

/** Runs the program to its end, as a shell does. */
export async function runProgram(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
	const child = startProgram(args, options);
	child.stdin?.on('error', () => {});
	child.stdin?.end(options.input ?? '');
	const { stdout, stderr } = child;
	if (stdout === null || stderr === null) throw new TypeError('The child has no pipes.');
	const [outText, errorText, [status]] = await Promise.all([
		text(stdout),
		text(stderr),
		once(child, 'close'),
	]);
	return { status, stdout: outText, stderr: errorText };
}

/** Starts the program with pipes for its standard streams. It gets no environment variables but those given here. */
export function startProgram(
	args: readonly string[],
	{ folder = tmpdir(), environment = {}, nodeOptions = [], userId }: RunOptions = {},
): ChildProcess {
	return spawn(process.execPath, [...nodeOptions, programPath, ...args], {
		cwd: folder,
		...(userId !== undefined && { uid: userId, gid: userId }),
		env: { ...noEngines, TMPDIR: tmpdir(), FATHOM_CACHE: 'off', ...environment },
	});
}
