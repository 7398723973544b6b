import { FathomError } from '../../../errors.ts';
import type { FoundImage, ImageSource, OpenOptions, SourceInput } from '../../image-source.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { type Engine, meetEngine } from '../http/engine-api.ts';
import { podmanDial } from '../http/ssh-dial.ts';
import { requireImageName } from '../image-name.ts';
import { findInPodman } from './find-in-podman.ts';
import {
	destinationEndpoint,
	namedEndpoint,
	readDestinations,
	usualPodmanSockets,
} from './podman-endpoints.ts';
import { askDestinations, findWithPodmanProgram } from './podman-program.ts';

/** Podman by its socket, or by its program where there is none. Nothing is pulled, and nothing made in it. */
export const podmanSource: ImageSource = { sourceName: 'podman', find: findImage };

async function findImage(input: SourceInput, options: OpenOptions): Promise<FoundImage> {
	requireImageName(input.name);
	const { host } = input;
	const named = namedEndpoint(host);
	if (named !== null) return findInPodman(await meet(named, input, options), input, options);
	const refusals: unknown[] = [];
	for await (const endpoint of unnamedEndpoints(input, options)) {
		const engine = await meet(endpoint, input, options).catch(keepRefusal(refusals));
		if (engine !== null) return findInPodman(engine, input, options);
	}
	return findWithPodmanProgram(input, options).catch((error: unknown) => {
		throw refusals[0] ?? withoutSocket(error);
	});
}

/** The connection that somebody set up, before the sockets of this machine where they chose one, else after them. */
async function* unnamedEndpoints({ host }: SourceInput, { signal }: OpenOptions): AsyncGenerator<Endpoint> {
	const { CONTAINER_CONNECTION } = host.environment;
	if (!CONTAINER_CONNECTION) yield* usualPodmanSockets(host);
	const destinations = readDestinations(host) ?? (await askDestinations(host, signal).catch(() => []));
	const destination = destinationEndpoint(host, destinations);
	if (destination !== null) yield destination;
	else if (CONTAINER_CONNECTION) throw noDestination(CONTAINER_CONNECTION);
}

function meet(endpoint: Endpoint, { host }: SourceInput, { signal }: OpenOptions): Promise<Engine> {
	return meetEngine({ endpoint, engine: 'Podman', dial: podmanDial, environment: host.environment }, signal);
}

function keepRefusal(refusals: unknown[]): (error: unknown) => null {
	return (error) => {
		if (!(error instanceof FathomError) || error.code === 'interrupted') throw error;
		refusals.push(error);
		return null;
	};
}

function withoutSocket(error: unknown): unknown {
	if (!(error instanceof FathomError) || !/is not installed/.test(error.message)) return error;
	return new FathomError({
		code: 'unavailable',
		message: 'Podman does not answer: there is no socket, and the program podman is not installed.',
		hint: 'Start its socket with: systemctl --user start podman.socket',
		cause: error,
	});
}

function noDestination(name: string): FathomError {
	return new FathomError({
		code: 'settings',
		message: `CONTAINER_CONNECTION is "${name.slice(0, 100)}": there is no such connection.`,
		hint: 'See the connections with: podman system connection list',
	});
}
