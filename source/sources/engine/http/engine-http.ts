import { type IncomingMessage, type RequestOptions, request } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { throwIfInterrupted } from '../../time-slice.ts';
import { answersTooLong, connectionError, noAnswer } from '../engine-error.ts';
import type { Answer, Connection } from './connection.ts';
import type { Endpoint, TcpEndpoint } from './endpoint.ts';
import { dialSsh, type SshConnection } from './ssh-dial.ts';

const MOST_ANSWER_BYTES = 64 * 1024 * 1024;
/** How long an engine may take for the first answer, by how far away it is. */
const patience: Readonly<Record<Endpoint['kind'], number>> = { socket: 6_000, tcp: 10_000, ssh: 40_000 };

/** Asks for something small and takes all of the answer. Throws `unavailable`, `denied` and `interrupted`. */
export async function ask(connection: Connection, path: string, signal?: AbortSignal): Promise<Answer> {
	const milliseconds = connection.patience ?? patience[connection.endpoint.kind];
	const timeout = AbortSignal.timeout(milliseconds);
	try {
		const both = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
		const response = await openAnswer(connection, path, both);
		return {
			status: response.statusCode ?? 0,
			headers: response.headers,
			body: await bodyOf(response, connection),
		};
	} catch (error) {
		throwIfInterrupted(signal);
		if (timeout.aborted) throw noAnswer(connection, milliseconds);
		throw error;
	}
}

/**
 * Asks for something large, whose body the caller takes or destroys. There is no limit to how long an engine may take to put it together.
 * Throws `unavailable`, `denied` and `interrupted`.
 */
export async function openAnswer(
	connection: Connection,
	path: string,
	signal?: AbortSignal,
): Promise<IncomingMessage> {
	throwIfInterrupted(signal);
	const { endpoint, dial, environment } = connection;
	const ssh = endpoint.kind === 'ssh' ? dialSsh(endpoint, dial, environment) : null;
	try {
		return await send({ ...requestOptions(endpoint, ssh), path, signal }, endpoint);
	} catch (error) {
		throwIfInterrupted(signal);
		const said = await ssh?.said().catch((reason: Error) => reason);
		ssh?.stream.destroy();
		if (said instanceof Error) throw connectionError(said, connection, '');
		throw connectionError(error, connection, said ?? '');
	}
}

function send(options: RequestOptions, endpoint: Endpoint): Promise<IncomingMessage> {
	const start = endpoint.kind === 'tcp' && endpoint.tls !== null ? tlsRequest : request;
	return new Promise((resolve, reject) => {
		const sent = start(options, resolve);
		sent.on('error', reject);
		sent.end();
	});
}

function requestOptions(endpoint: Endpoint, ssh: SshConnection | null): RequestOptions {
	const headers = { host: 'engine', 'user-agent': 'fathom' };
	switch (endpoint.kind) {
		case 'socket':
			return { agent: false, headers, socketPath: endpoint.path };
		case 'tcp':
			return { agent: false, host: endpoint.host, port: endpoint.port, ...tlsOptions(endpoint) };
		case 'ssh':
			// An agent would make a connection of its own.
			return { headers, ...(ssh && { createConnection: () => ssh.stream }) };
	}
}

function tlsOptions({ tls }: TcpEndpoint): object {
	if (tls === null) return {};
	const { ca, cert, key, verify } = tls;
	return {
		...(ca !== null && { ca }),
		...(cert !== null && { cert }),
		...(key !== null && { key }),
		rejectUnauthorized: verify,
	};
}

async function bodyOf(response: IncomingMessage, connection: Connection): Promise<Uint8Array> {
	const pieces: Buffer[] = [];
	let bytes = 0;
	for await (const piece of response as AsyncIterable<Buffer>) {
		bytes += piece.length;
		if (bytes > MOST_ANSWER_BYTES) throw answersTooLong(connection, MOST_ANSWER_BYTES);
		pieces.push(piece);
	}
	return Buffer.concat(pieces);
}
