import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Passes on what goes to an engine's socket, and notes the first line of each request. */
export async function withRequestLog(
	address: string,
	use: (address: string, requests: readonly string[]) => Promise<void>,
): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'fathom-log-'));
	const path = join(folder, 'engine.sock');
	const requests: string[] = [];
	const server = createServer((client) => {
		const engine = connect(address.replace('unix://', ''));
		client.on('data', (chunk) => {
			const line = /^(?:GET|POST|HEAD|DELETE|PUT) [^\r\n]*/.exec(chunk.toString('latin1'))?.[0];
			if (line !== undefined) requests.push(line);
		});
		client.on('error', () => engine.destroy());
		engine.on('error', () => client.destroy());
		client.pipe(engine).pipe(client);
	});
	await new Promise<void>((resolve) => server.listen(path, resolve));
	try {
		await use(`unix://${path}`, requests);
	} finally {
		server.close();
		await rm(folder, { recursive: true, force: true });
	}
}
