import { connect, type SocketConnectOpts } from 'node:net';
import type { Chunks } from '../../../tar/unpack.ts';
import { throwIfInterrupted } from '../../time-slice.ts';
import { refused } from '../engine-error.ts';
import type { ImageExport } from '../engine-image.ts';
import type { Endpoint } from '../http/endpoint.ts';
import type { Engine } from '../http/engine-api.ts';
import { HttpResponse } from '../http/http-response.ts';
import { openExport } from './open-export.ts';

type Sink = (piece: Uint8Array) => void;

/** The export of an engine that answers by HTTP. `path` asks for it. */
export function httpExport(engine: Engine, path: string): ImageExport {
	return {
		stream: (sink, signal) => streamExport(engine, path, sink, signal),
		open: (signal) => openExport(engine, path, signal),
	};
}

/** The export that a program writes to its standard output. */
export function programExport(open: (signal: AbortSignal | undefined) => Chunks): ImageExport {
	return {
		stream: async (sink, signal) => {
			for await (const chunk of open(signal)) sink(chunk);
		},
		open: async (signal) => open(signal),
	};
}

/**
 * Has an engine write an image out, and gives it to `sink` as it comes; the engine waits meanwhile. Throws `unavailable` with the engine's
 * words when it does not, what `sink` throws, and the system's errors when the connection breaks.
 */
async function streamExport(
	engine: Engine,
	path: string,
	...[sink, signal]: Parameters<ImageExport['stream']>
): Promise<void> {
	const place = plainPlace(engine.connection.endpoint);
	if (place !== null) return streamPlain({ engine, path, place, signal }, sink);
	for await (const chunk of await openExport(engine, path, signal)) sink(chunk);
}

/** Where a connection is no more than a socket. */
function plainPlace(endpoint: Endpoint): SocketConnectOpts | null {
	if (endpoint.kind === 'socket') return { path: endpoint.path };
	if (endpoint.kind === 'tcp' && endpoint.tls === null) return { host: endpoint.host, port: endpoint.port };
	return null;
}

/** As much as one call of the system gives: a socket holds about 200 KB. */
const READ_BYTES = 256 * 1024;
const MOST_WORDS_BYTES = 64 * 1024;

interface PlainExport {
	readonly engine: Engine;
	readonly path: string;
	readonly place: SocketConnectOpts;
	readonly signal: AbortSignal | undefined;
}

async function streamPlain({ engine, path, place, signal }: PlainExport, sink: Sink): Promise<void> {
	throwIfInterrupted(signal);
	const words: Buffer[] = [];
	let room = MOST_WORDS_BYTES;
	const response = new HttpResponse((piece) => {
		if (response.status === 200) return sink(piece);
		// What the engine says of its failure is kept, as far as there is any sense in it.
		words.push(Buffer.from(piece.subarray(0, room)));
		room -= words.at(-1)?.length ?? 0;
	});
	await exchange(place, path, response, signal);
	const { status, headers } = response;
	if (status !== 200) throw refused(engine.connection, { status, headers, body: Buffer.concat(words) });
}

/** Sends the request and feeds the response, each piece as it is read; nothing is read meanwhile. */
function exchange(
	place: SocketConnectOpts,
	path: string,
	response: HttpResponse,
	signal: AbortSignal | undefined,
): Promise<void> {
	return new Promise((resolve, reject) => {
		const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
		const take = (bytes: number): boolean => {
			try {
				response.write(buffer.subarray(0, bytes));
			} catch (error) {
				socket.destroy(error as Error);
				return false;
			}
			if (response.isDone) socket.destroy();
			return !response.isDone;
		};
		const socket = connect({ ...place, onread: { buffer, callback: take } });
		const onAbort = (): void => void socket.destroy(cut());
		signal?.addEventListener('abort', onAbort, { once: true });
		socket.on('error', reject);
		socket.on('close', () => {
			signal?.removeEventListener('abort', onAbort);
			if (response.mayEnd) resolve();
			else reject(cut());
		});
		// HTTP/1.1 would cut the answer into chunks of 32 KB, and scanning so many small pieces takes a fifth longer.
		socket.write(`GET ${path} HTTP/1.0\r\nHost: engine\r\nUser-Agent: fathom\r\n\r\n`);
	});
}

function cut(): Error {
	return Object.assign(new Error('the connection was cut'), { code: 'ECONNRESET' });
}
