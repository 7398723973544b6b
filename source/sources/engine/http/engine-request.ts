import { type IncomingMessage, type RequestOptions, request } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { throwIfInterrupted } from '../../time-slice.ts';
import type { Connection, EngineResponse } from './connection.ts';
import { connectionError, responseTooLong, timeoutError } from './connection-error.ts';
import type { Endpoint, TcpEndpoint } from './endpoint.ts';
import { dialSsh, type SshConnection } from './ssh-dial.ts';

const LARGEST_RESPONSE_BYTES = 64 * 1024 * 1024;
/** How long to wait for a response, by how far away the engine is. */
const timeouts: Readonly<Record<Endpoint['kind'], number>> = { socket: 6_000, tcp: 10_000, ssh: 40_000 };

/** Makes an API call, and reads the response to its end. Throws `unavailable`, `denied`, `unsupported` and `interrupted`. */
export async function fetchResponse(
	connection: Connection,
	path: string,
	signal?: AbortSignal,
): Promise<EngineResponse> {
	const milliseconds = connection.timeoutMilliseconds ?? timeouts[connection.endpoint.kind];
	const timeout = AbortSignal.timeout(milliseconds);
	try {
		const either = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
		const response = await openResponse(connection, path, either);
		return {
			status: response.statusCode ?? 0,
			headers: response.headers,
			body: await readBody(response, connection),
		};
	} catch (error) {
		throwIfInterrupted(signal);
		if (timeout.aborted) throw timeoutError(connection, milliseconds);
		throw error;
	}
}

/**
 * Makes a call whose response may be large; the caller reads its body or destroys it. The engine may take as long as it needs. Throws
 * `unavailable`, `denied` and `interrupted`.
 */
export async function openResponse(
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
		const sshMessage = await ssh?.lastMessage().catch((reason: Error) => reason);
		ssh?.stream.destroy();
		if (sshMessage instanceof Error) throw connectionError(sshMessage, connection, '');
		throw connectionError(error, connection, sshMessage ?? '');
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
			// With `agent: false`, Node would open a connection of its own instead of calling `createConnection`.
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

async function readBody(response: IncomingMessage, connection: Connection): Promise<Uint8Array> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of response as AsyncIterable<Buffer>) {
		bytes += chunk.length;
		if (bytes > LARGEST_RESPONSE_BYTES) throw responseTooLong(connection, LARGEST_RESPONSE_BYTES);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}
