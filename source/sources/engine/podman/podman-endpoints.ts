import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../../../image/json.ts';
import * as tolerant from '../../../image/tolerant.ts';
import type { Host } from '../../host.ts';
import { type Endpoint, parseEndpoint } from '../http/endpoint.ts';

/** A connection that the user has configured, to a virtual machine for example. */
export interface PodmanConnection {
	readonly name: string;
	readonly uri: string;
	/** A key file for ssh. */
	readonly identity: string | null;
	readonly isDefault: boolean;
}

/** `podman-connections.json`, as Podman writes it from version 5 on. */
const file = tolerant.fields({ Connection: tolerant.fields({ Default: tolerant.text }) });
const entry = tolerant.fields({ URI: tolerant.text, Identity: tolerant.text });

/** The endpoint in CONTAINER_HOST; null where that is not set. Throws `settings`. */
export function hostEndpoint({ environment }: Host): Endpoint | null {
	const { CONTAINER_HOST, CONTAINER_SSHKEY } = environment;
	if (!CONTAINER_HOST) return null;
	return withIdentity(parseEndpoint(CONTAINER_HOST, 'CONTAINER_HOST'), CONTAINER_SSHKEY || null);
}

/** The usual sockets that exist, the user's own first. */
export function usualPodmanSockets({ environment, userId }: Host): readonly Endpoint[] {
	const own = environment.XDG_RUNTIME_DIR || (userId ? `/run/user/${userId}` : null);
	const paths = [...(own === null ? [] : [join(own, 'podman/podman.sock')]), '/run/podman/podman.sock'];
	return paths
		.filter((path) => existsSync(path))
		.map((path) => ({ kind: 'socket', path, address: `unix://${path}` }));
}

/** The endpoint of the connection that CONTAINER_CONNECTION names, else of the default one, or null. Throws `settings`. */
export function connectionEndpoint(
	{ environment }: Host,
	connections: readonly PodmanConnection[],
): Endpoint | null {
	const wanted = environment.CONTAINER_CONNECTION;
	const found = connections.find(({ name, isDefault }) => (wanted ? name === wanted : isDefault));
	if (found === undefined) return null;
	const endpoint = parseEndpoint(found.uri, `The Podman connection "${found.name.slice(0, 100)}"`);
	return withIdentity(endpoint, found.identity);
}

/** The connections in `podman-connections.json`; null where there is no such file. */
export function readConnections({ environment, homeFolder }: Host): readonly PodmanConnection[] | null {
	const folder = environment.XDG_CONFIG_HOME || join(homeFolder, '.config');
	const path = environment.PODMAN_CONNECTIONS_CONF || join(folder, 'containers/podman-connections.json');
	const document = readJson(path);
	if (document === null) return null;
	const { Default } = file.parse(document).Connection;
	const connection = isObject(document.Connection) ? document.Connection.Connections : null;
	return Object.entries(isObject(connection) ? connection : {}).flatMap(([name, value]) => {
		const { URI, Identity } = entry.parse(value);
		return URI === null ? [] : [{ name, uri: URI, identity: Identity, isDefault: name === Default }];
	});
}

/** The connections in the output of `podman system connection list --format json`. */
export function parseConnections(document: unknown): readonly PodmanConnection[] {
	return (Array.isArray(document) ? document : []).flatMap((item) => {
		if (!isObject(item) || typeof item.Name !== 'string') return [];
		const { URI, Identity } = entry.parse(item);
		return URI === null
			? []
			: [
					{
						name: item.Name.replace(/\*$/, ''),
						uri: URI,
						identity: Identity,
						isDefault: item.Default === true || item.Name.endsWith('*'),
					},
				];
	});
}

function withIdentity(endpoint: Endpoint, identity: string | null): Endpoint {
	return endpoint.kind === 'ssh' ? { ...endpoint, identity } : endpoint;
}

function readJson(path: string): Readonly<Record<string, unknown>> | null {
	try {
		const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
		return isObject(value) ? value : null;
	} catch {
		return null;
	}
}
