import { FathomError, messageOf } from '../../errors.ts';
import { isObject, parseJson } from '../../image/json.ts';
import type { Answer, Connection } from './http/connection.ts';
import { socketOwners } from './http/socket-owners.ts';

const LONGEST_MESSAGE = 500;

/** Why a connection to an engine did not come about. `said` is what ssh said. */
export function connectionError(error: unknown, connection: Connection, said: string): unknown {
	if (error instanceof FathomError || !(error instanceof Error)) return error;
	const { endpoint } = connection;
	const { code } = error as NodeJS.ErrnoException;
	if (endpoint.kind === 'ssh') return sshError(error, connection, said);
	if (endpoint.kind === 'socket' && (code === 'EACCES' || code === 'EPERM'))
		return socketDenied(`${connection.engine} at ${endpoint.address}`, endpoint.path, error);
	const why = whyNot(code, error);
	return unavailable(connection, why, startIt(connection), error);
}

function whyNot(code: string | undefined, error: Error): string {
	switch (code) {
		case 'ENOENT':
			return 'there is no such socket';
		case 'ECONNREFUSED':
			return 'nothing listens there';
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return 'the name of the machine is not known';
		case 'EHOSTUNREACH':
		case 'ENETUNREACH':
		case 'ETIMEDOUT':
			return 'the machine cannot be reached';
		case 'ECONNRESET':
		case 'EPIPE':
			return 'the connection was cut';
		case 'ENOTSOCK':
			return 'it is no socket';
		default:
			return oneLine(error.message);
	}
}

function startIt({ engine, endpoint }: Connection): string {
	if (endpoint.kind === 'tcp' && endpoint.tls === null)
		return 'Check the address; for an engine with TLS set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH.';
	if (endpoint.kind === 'tcp') return 'Check the address and the TLS files (ca.pem, cert.pem, key.pem).';
	if (engine.startsWith('Podman')) return 'Start it with: systemctl --user start podman.socket';
	return 'Start it, for example with: sudo systemctl start docker';
}

function unavailable(
	{ engine, endpoint }: Connection,
	why: string,
	hint: string,
	cause: unknown,
): FathomError {
	return new FathomError({
		code: 'unavailable',
		message: `${engine} at ${endpoint.address} does not answer: ${withoutStop(why)}.`,
		hint,
		cause,
	});
}

function sshError(error: Error, connection: Connection, said: string): FathomError {
	const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
	const why = isMissing ? 'the program ssh is not installed' : said || oneLine(error.message);
	const hint = isMissing
		? 'Install the OpenSSH client.'
		: 'It has to work without a question: try ssh with the same host, with a key in ssh-agent.';
	return unavailable(connection, why, hint, error);
}

/** For a socket that this user may not use: whose it is, and how to become one of them. `engine` is `Docker Engine at ADDRESS`. */
export function socketDenied(engine: string, path: string, cause?: unknown): FathomError {
	const owners = socketOwners(path);
	const whose = owners === null ? '' : `; the socket is for ${owners.user} and the group ${owners.group}`;
	return new FathomError({
		code: 'denied',
		message: `${engine}: permission denied${whose}.`,
		hint:
			owners === null || owners.group === 'root'
				? 'Run fathom as a user who may use the engine, or with sudo.'
				: `Join the group with: sudo usermod -aG ${owners.group} $USER, then log in again.`,
		cause,
	});
}

export function noAnswer({ engine, endpoint }: Connection, milliseconds: number): FathomError {
	return new FathomError({
		code: 'unavailable',
		message: `${engine} at ${endpoint.address} gave no answer within ${milliseconds / 1000} seconds.`,
		hint: 'It may hang: look whether it answers to other programs, or start it again.',
	});
}

export function answersTooLong({ engine, endpoint }: Connection, bytes: number): FathomError {
	return new FathomError({
		code: 'unsupported',
		message: `${engine} at ${endpoint.address} answers with more than ${bytes} bytes.`,
	});
}

/** For an answer that is neither what was asked for nor that it is not there: the engine's own words. */
export function refused({ engine, endpoint }: Connection, { status, body }: Answer): FathomError {
	const said = saidBy(body);
	const isDenied = status === 401 || status === 403;
	return new FathomError({
		code: isDenied ? 'denied' : 'unavailable',
		message: `${engine} at ${endpoint.address} answers ${status}${said === '' ? '' : `: ${withoutStop(said)}`}.`,
		hint: isDenied ? 'Check who may use the engine.' : 'The log of the engine may say more.',
	});
}

/** The message in an engine's answer to what it did not do; else the answer itself. One line. */
export function saidBy(body: Uint8Array): string {
	const words = Buffer.from(body.subarray(0, 64 * 1024)).toString('utf8');
	try {
		const document = parseJson(body, 'The answer');
		if (isObject(document) && typeof document.message === 'string') return oneLine(document.message);
	} catch {
		// Proxies answer in words or pages of their own.
	}
	return oneLine(words);
}

/** For an export that ended before its end. */
export function brokenOff(engine: string, what: string, cause: unknown): FathomError {
	return new FathomError({
		code: 'truncated',
		message: `${engine}: the export of ${what} broke off (${withoutStop(oneLine(messageOf(cause)))}).`,
		hint: 'Try again; the log of the engine may say why it stopped.',
		cause,
	});
}

export function oneLine(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length > LONGEST_MESSAGE ? `${line.slice(0, LONGEST_MESSAGE)}...` : line;
}

/** What others say, as a part of a sentence. */
export function withoutStop(text: string): string {
	return text.replace(/[.\s]+$/, '');
}
