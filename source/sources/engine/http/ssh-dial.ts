import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastWords, startProgram } from '../run-program.ts';
import type { DialCommand } from './connection.ts';
import type { SshEndpoint } from './endpoint.ts';

const CONNECT_SECONDS = 30;
/** How long ssh may take to end once its connection has. */
const LAST_WORDS_MILLISECONDS = 2000;

/** As the Docker CLI does it. */
export const dockerDial: DialCommand = (path) => [
	'docker',
	...(path === null ? [] : ['--host', `unix://${path}`]),
	'system',
	'dial-stdio',
];

export const podmanDial: DialCommand = (path) => [
	'podman',
	...(path === null ? [] : ['--url', `unix://${path}`]),
	'system',
	'dial-stdio',
];

/** A connection to an engine through the `ssh` program. */
export interface SshConnection {
	readonly stream: Duplex;
	/** What ssh said when the connection did not come about, once it has ended; empty where it said nothing. Throws why it could not be started. */
	readonly said: () => Promise<string>;
}

/**
 * The arguments of ssh. It is not to ask for anything, as the terminal may be drawn on; the endpoint's parts were checked to be no
 * options.
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
	const said = async (): Promise<string> => {
		await Promise.race([ended, sleep(LAST_WORDS_MILLISECONDS, undefined, { ref: false })]);
		return lastWords(errors);
	};
	return { stream: overChild(child), said };
}

/** The end of either side ends the other. */
function overChild(child: ChildProcessWithoutNullStreams): Duplex {
	const stream = Duplex.from({ readable: child.stdout, writable: child.stdin });
	// Whoever sent the request hears of it as well; before that nobody listens.
	stream.on('error', () => {});
	child.on('error', (error) => stream.destroy(error));
	stream.on('close', () => child.kill());
	return stream;
}
