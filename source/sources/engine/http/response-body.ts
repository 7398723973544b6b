import { connect, type SocketConnectOpts } from 'node:net';
import type { Chunks, Pause } from '../../../tar/compression/unpack.ts';
import { throwIfInterrupted } from '../../time-slice.ts';
import type { Connection } from './connection.ts';
import { unexpectedResponse } from './connection-error.ts';
import type { Endpoint } from './endpoint.ts';
import { openResponse } from './engine-request.ts';
import { ResponseParser } from './response-parser.ts';

/** Who takes what arrives. */
export interface PieceTaker {
	/** Gets the pieces in a buffer that is used again after the call. */
	readonly sink: (piece: Uint8Array) => void;
	/** Called between pieces. Nothing is read before its promise is fulfilled. */
	readonly pause: Pause;
}

const LONGEST_ERROR_BYTES = 64 * 1024;

/** Opens a large body for a caller that may stop early. Throws `unavailable` with the engine's message when the status is not 200. */
export async function openBody(
	connection: Connection,
	path: string,
	signal: AbortSignal | undefined,
): Promise<Chunks> {
	const response = await openResponse(connection, path, signal);
	if (response.statusCode === 200) return response;
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of response as AsyncIterable<Buffer>) {
		chunks.push(chunk);
		bytes += chunk.length;
		if (bytes > LONGEST_ERROR_BYTES) break;
	}
	const { statusCode: status = 0, headers } = response;
	throw unexpectedResponse(connection, { status, headers, body: Buffer.concat(chunks) });
}

/** A large body, and who reads it. */
export interface BodyRequest {
	readonly path: string;
	/** What it throws ends the connection. */
	readonly taker: PieceTaker;
	readonly signal: AbortSignal | undefined;
}

/**
 * Reads a large body to its end, at the pace of the sink. Throws `unavailable` with the engine's message when the status is not 200, what
 * the sink throws, and the system's errors when the connection breaks.
 */
export async function streamBody(connection: Connection, request: BodyRequest): Promise<void> {
	const { path, taker, signal } = request;
	const address = socketAddress(connection.endpoint);
	if (address !== null) return streamFromSocket(connection, address, request);
	await takeAll(await openBody(connection, path, signal), taker);
}

/** Gives all chunks to the taker, at its pace. */
export async function takeAll(chunks: Chunks, { sink, pause }: PieceTaker): Promise<void> {
	for await (const chunk of chunks) {
		sink(chunk);
		const pausing = pause();
		if (pausing) await pausing;
	}
}

/** The address of an endpoint that is a plain socket; null where TLS or ssh lies in between. */
function socketAddress(endpoint: Endpoint): SocketConnectOpts | null {
	if (endpoint.kind === 'socket') return { path: endpoint.path };
	if (endpoint.kind === 'tcp' && endpoint.tls === null) return { host: endpoint.host, port: endpoint.port };
	return null;
}

async function streamFromSocket(
	connection: Connection,
	address: SocketConnectOpts,
	request: BodyRequest,
): Promise<void> {
	throwIfInterrupted(request.signal);
	const message: Buffer[] = [];
	let bytesLeft = LONGEST_ERROR_BYTES;
	const response = new ResponseParser((piece) => {
		if (response.status === 200) return request.taker.sink(piece);
		const text = Buffer.from(piece.subarray(0, bytesLeft));
		message.push(text);
		bytesLeft -= text.length;
	});
	await exchange(address, request, response);
	const { status, headers } = response;
	if (status !== 200) throw unexpectedResponse(connection, { status, headers, body: Buffer.concat(message) });
}

/** A socket holds about 200 KB, so that one system call empties it. */
const READ_BYTES = 256 * 1024;

/** Sends the request, and parses the response as it arrives. Nothing is read from the socket while the sink works. */
function exchange(
	address: SocketConnectOpts,
	{ path, taker, signal }: BodyRequest,
	response: ResponseParser,
): Promise<void> {
	return new Promise((resolve, reject) => {
		const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
		const onRead = (bytes: number): boolean => {
			try {
				response.write(buffer.subarray(0, bytes));
			} catch (error) {
				socket.destroy(error as Error);
				return false;
			}
			if (response.isDone) socket.destroy();
			const pausing = response.isDone ? undefined : taker.pause();
			pausing?.then(
				() => socket.resume(),
				(error: Error) => socket.destroy(error),
			);
			return !response.isDone && pausing === undefined;
		};
		const socket = connect({ ...address, onread: { buffer, callback: onRead } });
		const onAbort = (): void => void socket.destroy(connectionClosed());
		signal?.addEventListener('abort', onAbort, { once: true });
		socket.on('error', reject);
		socket.on('close', () => {
			signal?.removeEventListener('abort', onAbort);
			if (response.mayEnd) resolve();
			else reject(connectionClosed());
		});
		// An answer to HTTP/1.1 comes in chunks of 32 KB; with pieces as small as that, scanning takes a fifth longer.
		socket.write(`GET ${path} HTTP/1.0\r\nHost: engine\r\nUser-Agent: fathom\r\n\r\n`);
	});
}

function connectionClosed(): Error {
	return Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' });
}
