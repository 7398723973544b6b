import { FathomError } from '../../../errors.ts';
import { isObject, parseJson } from '../../../image/json.ts';
import { singleLine, withoutFullStop } from '../message-text.ts';
import { socketDenied } from '../socket-access.ts';
import type { Connection, EngineResponse } from './connection.ts';

/** Why a connection to an engine failed. `sshMessage` is what ssh said, empty for other connections. */
export function connectionError(error: unknown, connection: Connection, sshMessage: string): unknown {
	if (error instanceof FathomError || !(error instanceof Error)) return error;
	const { endpoint } = connection;
	const { code } = error as NodeJS.ErrnoException;
	if (endpoint.kind === 'ssh') return sshError(error, connection, sshMessage);
	if (endpoint.kind === 'socket' && (code === 'EACCES' || code === 'EPERM'))
		return socketDenied(`${connection.engine} at ${endpoint.address}`, endpoint.path, error);
	return unavailable(connection, { reason: reasonOf(code, error), hint: hintFor(connection), cause: error });
}

function reasonOf(code: string | undefined, error: Error): string {
	switch (code) {
		case 'ENOENT':
			return 'there is no such socket';
		case 'ECONNREFUSED':
			return 'nothing listens there';
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return 'the host name cannot be resolved';
		case 'EHOSTUNREACH':
		case 'ENETUNREACH':
		case 'ETIMEDOUT':
			return 'the host cannot be reached';
		case 'ECONNRESET':
		case 'EPIPE':
			return 'the connection was closed';
		case 'ENOTSOCK':
			return 'it is not a socket';
		default:
			return singleLine(error.message);
	}
}

function hintFor({ engine, endpoint }: Connection): string {
	if (endpoint.kind === 'tcp' && endpoint.tls === null)
		return 'Check the address. For an engine with TLS, set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH.';
	if (endpoint.kind === 'tcp') return 'Check the address and the TLS files (ca.pem, cert.pem, key.pem).';
	if (engine.startsWith('Podman')) return 'Start it with: systemctl --user start podman.socket';
	return 'Start it, for example with: sudo systemctl start docker';
}

interface Failure {
	readonly reason: string;
	readonly hint: string;
	readonly cause: unknown;
}

function unavailable({ engine, endpoint }: Connection, { reason, hint, cause }: Failure): FathomError {
	return new FathomError({
		code: 'unavailable',
		message: `${engine} at ${endpoint.address} does not answer: ${withoutFullStop(reason)}.`,
		hint,
		cause,
	});
}

function sshError(error: Error, connection: Connection, sshMessage: string): FathomError {
	const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
	return unavailable(connection, {
		reason: isMissing ? 'the program ssh is not installed' : sshMessage || singleLine(error.message),
		hint: isMissing
			? 'Install the OpenSSH client.'
			: 'ssh must connect without asking for anything: add your key to ssh-agent, and connect to the host once by hand.',
		cause: error,
	});
}

export function timeoutError({ engine, endpoint }: Connection, milliseconds: number): FathomError {
	return new FathomError({
		code: 'unavailable',
		message: `${engine} at ${endpoint.address} did not answer within ${milliseconds / 1000} seconds.`,
		hint: 'It may be stuck: check whether other programs can reach it, or restart it.',
	});
}

export function responseTooLong({ engine, endpoint }: Connection, bytes: number): FathomError {
	return new FathomError({
		code: 'unsupported',
		message: `${engine} at ${endpoint.address} sent a response of more than ${bytes} bytes.`,
	});
}

/** For a response that is neither what was asked for nor "not found", with the engine's own message. */
export function unexpectedResponse(
	{ engine, endpoint }: Connection,
	{ status, body }: EngineResponse,
): FathomError {
	const message = errorMessageIn(body);
	const isDenied = status === 401 || status === 403;
	return new FathomError({
		code: isDenied ? 'denied' : 'unavailable',
		message: `${engine} at ${endpoint.address} answered ${status}${message === '' ? '' : `: ${withoutFullStop(message)}`}.`,
		hint: isDenied ? 'Check who is allowed to use the engine.' : "The engine's log may say more.",
	});
}

/** The message in the body of an engine's error response, else the body itself, as one line. */
export function errorMessageIn(body: Uint8Array): string {
	const text = Buffer.from(body.subarray(0, 64 * 1024)).toString('utf8');
	try {
		const document = parseJson(body, 'The response');
		if (isObject(document) && typeof document.message === 'string') return singleLine(document.message);
	} catch {
		// A proxy in front of the engine answers with text or HTML.
	}
	return singleLine(text);
}
