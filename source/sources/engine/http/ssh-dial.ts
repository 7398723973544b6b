import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastLine, startProgram } from '../run-program.ts';
import type { DialCommand } from './connection.ts';
import type { SshEndpoint } from './endpoint.ts';

const CONNECT_SECONDS = 30;
/** How long to wait for ssh to exit once its connection has ended. */
const EXIT_MILLISECONDS = 2000;

/** The same command that the Docker CLI runs. */
export const dockerDial: DialCommand = (socketPath) => [
	'docker',
	...(socketPath === null ? [] : ['--host', `unix://${socketPath}`]),
	'system',
	'dial-stdio',
];

export const podmanDial: DialCommand = (socketPath) => [
	'podman',
	...(socketPath === null ? [] : ['--url', `unix://${socketPath}`]),
	'system',
	'dial-stdio',
];

/** A connection to an engine through the `ssh` program. */
export interface SshConnection {
	readonly stream: Duplex;
	/** Waits for ssh to exit, and gives the last line of its standard error, or an empty string. Throws why ssh could not be started. */
	readonly lastMessage: () => Promise<string>;
}

/**
 * The arguments of ssh. It must not ask for anything, as the explorer may be using the terminal. No part of the endpoint can be an option:
 * `parseEndpoint` checked them.
 */
export function sshArguments(endpoint: SshEndpoint, dial: DialCommand): readonly string[] {
	const { user, host, port, path, identity } = endpoint;
	return [
		'-T',
		...['-o', 'BatchMode=yes', '-o', `ConnectTimeout=${CONNECT_SECONDS}`],
		...(identity === null ? [] : ['-i', identity]),
		...(user === null ? [] : ['-l', user]),
		...(port === null ? [] : ['-p', String(port)]),
		...['--', host, ...dial(path)],
	];
}

export function dialSsh(
	endpoint: SshEndpoint,
	dial: DialCommand,
	environment: NodeJS.ProcessEnv,
): SshConnection {
	const child = startProgram('ssh', sshArguments(endpoint, dial), environment);
	const errors: Buffer[] = [];
	child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
	const ended = new Promise<void>((resolve, reject) => {
		child.on('error', reject);
		child.on('close', () => resolve());
	});
	ended.catch(() => {});
	const lastMessage = async (): Promise<string> => {
		await Promise.race([ended, sleep(EXIT_MILLISECONDS, undefined, { ref: false })]);
		return lastLine(errors);
	};
	return { stream: streamOf(child), lastMessage };
}

/** When the program ends, so does the stream, and the other way round. */
function streamOf(child: ChildProcessWithoutNullStreams): Duplex {
	const stream = Duplex.from({ readable: child.stdout, writable: child.stdin });
	// The request gets the error too, once it uses the stream; until then nothing else listens for it.
	stream.on('error', () => {});
	child.on('error', (error) => stream.destroy(error));
	stream.on('close', () => child.kill());
	return stream;
}
