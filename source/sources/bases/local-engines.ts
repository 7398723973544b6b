import { existsSync } from 'node:fs';
import { containerdAddress } from '../engine/containerd/containerd-address.ts';
import { dockerEndpoints } from '../engine/docker/docker-endpoints.ts';
import { hostEndpoint, usualPodmanSockets } from '../engine/podman/podman-endpoints.ts';
import { mayUseSocket } from '../engine/socket-access.ts';
import type { Host } from '../host.ts';
import type { SourceInput } from '../image-source.ts';

/** The host by which an engine is reached through a socket of this machine that is there, and in no other way; null where there is none. */
export function localHost(
	name: 'docker' | 'podman' | 'containerd',
	input: Pick<SourceInput, 'host' | 'access'>,
): Host | null {
	const { host } = input;
	try {
		if (name === 'containerd') return mayUseSocket(containerdAddress(input).socketPath) ? host : null;
		const endpoints = name === 'docker' ? dockerEndpoints(host) : podmanEndpoints(host);
		const [socket] = endpoints.filter((endpoint) => endpoint.kind === 'socket' && existsSync(endpoint.path));
		if (socket === undefined || endpoints.some(({ kind }) => kind !== 'socket')) return null;
		const variable = name === 'docker' ? 'DOCKER_HOST' : 'CONTAINER_HOST';
		return { ...host, environment: { ...host.environment, [variable]: socket.address } };
	} catch {
		// What is wrong about the address of an engine that nobody asked for is of no interest.
		return null;
	}
}

function podmanEndpoints(host: Host): ReturnType<typeof usualPodmanSockets> {
	const given = hostEndpoint(host);
	if (given !== null) return [given];
	return host.environment.CONTAINER_CONNECTION ? [] : usualPodmanSockets(host);
}
