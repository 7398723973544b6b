import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import {
	json,
	type LayerCompression,
	layoutFiles,
	sha256,
	type TestImage,
} from '../../support/archives/write-archive.ts';

/** What a registry holds, by path below the repository: `manifests/1`, `blobs/sha256:...`. */
export type Content = ReadonlyMap<string, { readonly bytes: Uint8Array; readonly type?: string }>;

/** Answers a request in its own way; gives false to leave it to the registry. */
export type Intercept = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface FakeServer {
	/** `127.0.0.1:PORT`. */
	readonly address: string;
	/** `METHOD PATH` of every request so far, and the headers. */
	readonly requests: readonly { readonly line: string; readonly headers: IncomingMessage['headers'] }[];
	/** Takes no connections for so many milliseconds; those that are there go on. */
	readonly rest: (milliseconds: number) => void;
}

export interface RegistryOptions {
	readonly content: Content;
	readonly intercept?: Intercept;
	/** To talk TLS. */
	readonly tls?: ServerOptions;
}

const REPOSITORY = /^\/v2\/[a-z0-9/._-]+?\/(manifests|blobs)\//;

/** A registry of the test's own on loopback, that gives whole blobs and parts of them. */
export function startRegistry(
	t: TestContext,
	{ content, intercept, tls }: RegistryOptions,
): Promise<FakeServer> {
	return startServer(
		t,
		(request, response) => {
			if (intercept?.(request, response)) return;
			const [path] = (request.url ?? '').split('?');
			const found = content.get(path.replace(REPOSITORY, '$1/'));
			if (path === '/v2/') response.end('{}');
			else if (!found) fail(response, 404, 'MANIFEST_UNKNOWN', 'manifest unknown');
			else serve(request, response, found);
		},
		tls,
	);
}

/** A server of any kind that keeps a list of what it was asked. */
export async function startServer(
	t: TestContext,
	answer: (request: IncomingMessage, response: ServerResponse) => void,
	tls?: ServerOptions,
): Promise<FakeServer> {
	const requests: FakeServer['requests'][number][] = [];
	const listener = (request: IncomingMessage, response: ServerResponse): void => {
		requests.push({ line: `${request.method} ${request.url}`, headers: request.headers });
		answer(request, response);
	};
	const server: Server = tls ? createSecureServer(tls, listener) : createServer(listener);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	t.after(() => {
		server.close();
		server.closeAllConnections();
	});
	const { port } = server.address() as AddressInfo;
	const rest = (milliseconds: number): void => {
		server.close();
		const timer = setTimeout(() => server.listen(port, '127.0.0.1'), milliseconds);
		t.after(() => clearTimeout(timer));
	};
	return { address: `127.0.0.1:${port}`, requests, rest };
}

/** What a registry says when it says no (OCI distribution specification, "Error Codes"). */
export function fail(response: ServerResponse, status: number, code: string, message: string): void {
	response.writeHead(status, { 'Content-Type': 'application/json' });
	response.end(json({ errors: [{ code, message }] }));
}

/** Serves all, or the part that the request asks for; gives how many bytes that is. */
export function serve(
	request: IncomingMessage,
	response: ServerResponse,
	{ bytes, type = 'application/octet-stream' }: { readonly bytes: Uint8Array; readonly type?: string },
): number {
	const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
	if (range === null) {
		response.writeHead(200, { 'Content-Type': type, 'Content-Length': bytes.length });
		response.end(bytes);
		return bytes.length;
	}
	const start = Number(range[1]);
	const end = range[2] === '' ? bytes.length : Number(range[2]) + 1;
	response.writeHead(206, {
		'Content-Range': `bytes ${start}-${end - 1}/${bytes.length}`,
		'Content-Length': end - start,
	});
	response.end(bytes.subarray(start, end));
	return end - start;
}

/** The content of a registry that holds one image under the tag `1`, with the manifest under its digest, too. */
export function contentOf(
	image: TestImage,
	compression: LayerCompression = 'gzip',
): Map<string, { bytes: Uint8Array; type?: string }> {
	const content = new Map<string, { bytes: Uint8Array; type?: string }>();
	for (const [path, bytes] of layoutFiles([image], compression)) {
		if (path.startsWith('blobs/')) content.set(path.replace('blobs/sha256/', 'blobs/sha256:'), { bytes });
	}
	const { manifests } = JSON.parse(
		Buffer.from(layoutFiles([image], compression).get('index.json') ?? []).toString(),
	);
	putManifest(content, '1', JSON.parse(bytesAt(content, `blobs/${manifests[0].digest}`).toString()));
	return content;
}

/** Puts a manifest or an index under a tag and its digest; gives the digest. */
export function putManifest(
	content: Map<string, { bytes: Uint8Array; type?: string }>,
	tag: string,
	document: Readonly<Record<string, unknown>>,
): string {
	const bytes = json(document);
	const type = typeof document.mediaType === 'string' ? document.mediaType : 'application/json';
	content.set(`manifests/${tag}`, { bytes, type });
	content.set(`manifests/${sha256(bytes)}`, { bytes, type });
	return sha256(bytes);
}

export function bytesAt(content: Content, path: string): Buffer {
	return Buffer.from(content.get(path)?.bytes ?? []);
}
