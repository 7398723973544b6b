import { connect, createServer, type NetConnectOpts } from 'node:net';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { temporaryFolder } from '../../support/temporary-folder.ts';

export interface Limit {
	/** The request whose answer is limited. */
	readonly request: RegExp;
	/** How much of the connection is passed on from then. */
	readonly bytes: number;
	/** Whether the connection breaks then; else no more comes. */
	readonly breaks: boolean;
}

export interface LimitedProxy {
	/** `unix://PATH`, or `127.0.0.1:PORT` where that is how the engine is reached. */
	readonly address: string;
	/** Resolves when all that is to come has come. */
	readonly isStuck: Promise<void>;
}

/** Stands before an engine or a registry, and passes on no more than a part of one answer. */
export async function limitedProxy(t: TestContext, address: string, limit: Limit): Promise<LimitedProxy> {
	const stuck = Promise.withResolvers<void>();
	const server = createServer((client) => {
		const engine = connect(placeOf(address));
		let room = Number.POSITIVE_INFINITY;
		client.on('data', (chunk) => {
			if (limit.request.test(chunk.toString('latin1'))) room = limit.bytes;
			engine.write(chunk);
		});
		engine.on('data', (chunk) => {
			client.write(chunk.subarray(0, room));
			room = Math.max(0, room - chunk.length);
			if (room > 0) return;
			engine.pause();
			stuck.resolve();
			if (limit.breaks) client.destroySoon();
		});
		engine.on('end', () => client.end());
		for (const [socket, other] of [
			[client, engine],
			[engine, client],
		])
			socket.on('error', () => other.destroy());
		client.on('close', () => engine.destroy());
	});
	const isSocket = address.startsWith('unix://');
	const path = isSocket ? join(await temporaryFolder(t), 'engine.sock') : '';
	await new Promise<void>((resolve) =>
		server.listen(isSocket ? { path } : { host: '127.0.0.1', port: 0 }, resolve),
	);
	t.after(() => server.close());
	const own = server.address();
	const port = typeof own === 'object' && own !== null ? own.port : 0;
	return { address: isSocket ? `unix://${path}` : `127.0.0.1:${port}`, isStuck: stuck.promise };
}

function placeOf(address: string): NetConnectOpts {
	if (address.startsWith('unix://')) return { path: address.slice('unix://'.length) };
	const [host, port] = address.split(':');
	return { host, port: Number(port) };
}
