import { FathomError } from '../../../errors.ts';
import type { FoundImage, ImageSource, ReadOptions, SourceInput } from '../../image-source.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { connectEngine, type Engine } from '../http/engine-api.ts';
import { podmanDial } from '../http/ssh-dial.ts';
import { requireImageName } from '../image-name.ts';
import { findInPodman } from './find-in-podman.ts';
import { connectionEndpoint, hostEndpoint, readConnections, usualPodmanSockets } from './podman-endpoints.ts';
import { findWithPodmanProgram, listConnections } from './podman-program.ts';

/** Podman through its socket, or without one through its program. It pulls nothing, and creates nothing in Podman. */
export const podmanSource: ImageSource = { sourceName: 'podman', find: findImage };

async function findImage(input: SourceInput, options: ReadOptions): Promise<FoundImage> {
	requireImageName(input.name);
	const { engine, error } = await connectPodman(input, options);
	if (engine !== null) return findInPodman(engine, input, options);
	return findWithPodmanProgram(input, options).catch((reason: unknown) => {
		throw error ?? withoutSocket(reason);
	});
}

/** Podman at a socket, or null and why the first one that was tried does not answer. */
export interface PodmanConnected {
	readonly engine: Engine | null;
	readonly error: unknown;
}

/** Connects to Podman at the first socket that answers. Throws for an address that the user gave. */
export async function connectPodman(
	input: Pick<SourceInput, 'host'>,
	options: ReadOptions,
): Promise<PodmanConnected> {
	const given = hostEndpoint(input.host);
	if (given !== null) return { engine: await connect(given, input, options), error: null };
	const errors: unknown[] = [];
	for await (const endpoint of endpointsToTry(input, options)) {
		const engine = await connect(endpoint, input, options).catch(collectInto(errors));
		if (engine !== null) return { engine, error: null };
	}
	return { engine: null, error: errors[0] ?? null };
}

/** The connection that CONTAINER_CONNECTION names; without that variable, the usual sockets and then the default connection. */
async function* endpointsToTry(
	{ host }: Pick<SourceInput, 'host'>,
	{ signal }: ReadOptions,
): AsyncGenerator<Endpoint> {
	const { CONTAINER_CONNECTION } = host.environment;
	if (!CONTAINER_CONNECTION) yield* usualPodmanSockets(host);
	const connections = readConnections(host) ?? (await listConnections(host, signal).catch(() => []));
	const endpoint = connectionEndpoint(host, connections);
	if (endpoint !== null) yield endpoint;
	else if (CONTAINER_CONNECTION) throw noConnection(CONTAINER_CONNECTION);
}

function connect(
	endpoint: Endpoint,
	{ host }: Pick<SourceInput, 'host'>,
	{ signal }: ReadOptions,
): Promise<Engine> {
	const connection = { endpoint, engine: 'Podman', dial: podmanDial, environment: host.environment };
	return connectEngine(connection, signal);
}

/** Collects why an endpoint does not answer, so that the next one is tried. */
function collectInto(errors: unknown[]): (error: unknown) => null {
	return (error) => {
		if (!(error instanceof FathomError) || error.code === 'interrupted') throw error;
		errors.push(error);
		return null;
	};
}

/** Why there is no Podman at all, where its program is not installed either. */
export function withoutSocket(error: unknown): unknown {
	if (!(error instanceof FathomError) || !/is not installed/.test(error.message)) return error;
	return new FathomError({
		code: 'unavailable',
		message: 'Podman does not answer: there is no socket, and the program podman is not installed.',
		hint: 'Start the socket with: systemctl --user start podman.socket',
		cause: error,
	});
}

function noConnection(name: string): FathomError {
	return new FathomError({
		code: 'settings',
		message: `CONTAINER_CONNECTION is "${name.slice(0, 100)}": there is no such connection.`,
		hint: 'List the connections with: podman system connection list',
	});
}
