import {
	createServer,
	type IncomingMessage,
	type RequestListener,
	type Server,
	type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { SecureContextOptions } from 'node:tls';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import type { EngineContent } from './engine-content.ts';

/** How a fake engine behaves; by default like Docker Engine 20.10. */
export interface Behaviour extends EngineContent {
	readonly apiVersion?: string;
	readonly server?: string;
	/** Answers instead of the usual code; true where it has answered. */
	readonly answer?: (request: IncomingMessage, response: ServerResponse) => boolean;
	/** Closes the connection after this many bytes of an export. */
	readonly cutAfter?: number;
	/** Stops an export after this many bytes, and keeps the connection open. */
	readonly stallAfter?: number;
	/** Called once those bytes have been sent. */
	readonly onStall?: () => void;
}

export interface FakeEngine {
	/** For DOCKER_HOST. */
	readonly address: string;
	/** The paths of all requests, in order. */
	readonly paths: readonly string[];
	/** Resolved once the client has closed the connection of an export. */
	readonly exportClosed: Promise<void>;
}

/** An engine that listens on a Unix socket. */
export async function fakeEngine(t: TestContext, behaviour: Behaviour): Promise<FakeEngine> {
	const path = join(await temporaryFolder(t), 'engine.sock');
	const { listener, ...engine } = engineOf(behaviour);
	const server = createServer(listener);
	await listen(t, server, path);
	return { address: `unix://${path}`, ...engine };
}

/** An engine that listens on a TCP port, with TLS where a certificate is given. */
export async function fakeTcpEngine(
	t: TestContext,
	behaviour: Behaviour,
	tls?: SecureContextOptions & { readonly requestCert?: boolean },
): Promise<FakeEngine> {
	const { listener, ...engine } = engineOf(behaviour);
	const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
	await listen(t, server, { host: '127.0.0.1', port: 0 });
	const { port } = server.address() as AddressInfo;
	return { address: `tcp://127.0.0.1:${port}`, ...engine };
}

async function listen(
	t: TestContext,
	server: Server,
	address: string | { host: string; port: number },
): Promise<void> {
	await new Promise<void>((resolve) => server.listen(address, resolve));
	t.after(() => {
		server.closeAllConnections();
		server.close();
	});
}

function engineOf(
	behaviour: Behaviour,
): Omit<FakeEngine, 'address'> & { readonly listener: RequestListener } {
	const paths: string[] = [];
	const closed = Promise.withResolvers<void>();
	const listener: RequestListener = (request, response) => {
		const path = request.url ?? '';
		paths.push(path);
		if (behaviour.answer?.(request, response)) return;
		if (path === '/_ping') return ping(response, behaviour);
		if (path.includes('/get')) response.on('close', closed.resolve);
		answer(path, response, behaviour);
	};
	return { listener, paths, exportClosed: closed.promise };
}

function ping(
	response: ServerResponse,
	{ apiVersion = '1.41', server = 'Docker/20.10.24+dfsg1 (linux)' }: Behaviour,
): void {
	response.setHeader('Api-Version', apiVersion);
	response.setHeader('Server', server);
	response.end('OK');
}

function answer(path: string, response: ServerResponse, behaviour: Behaviour): void {
	const { name, inspect, archive } = behaviour;
	const isImage = decodeURIComponent(path).includes(`/images/${name}/`);
	if (path.endsWith('/images/json'))
		response.end(JSON.stringify([{ RepoTags: [name, '<none>:<none>'] }, { RepoTags: null }]));
	else if (isImage && path.includes('/json')) response.end(JSON.stringify(inspect));
	else if (isImage && path.includes('/get')) sendExport(response, archive, behaviour);
	else {
		response.statusCode = 404;
		response.end(JSON.stringify({ message: 'No such image' }));
	}
}

function sendExport(
	response: ServerResponse,
	archive: Uint8Array,
	{ cutAfter, stallAfter, onStall }: Behaviour,
): void {
	if (stallAfter !== undefined) {
		response.write(archive.subarray(0, stallAfter), onStall);
		return;
	}
	if (cutAfter === undefined) {
		response.end(archive);
		return;
	}
	response.write(archive.subarray(0, cutAfter), () => response.socket?.destroySoon());
}
