import { findInDocker } from '../docker/docker-source.ts';
import { httpExport } from '../export/image-export.ts';
import { unexpectedResponse } from '../http/connection-error.ts';
import { type Engine, jsonOf } from '../http/engine-api.ts';
import { fetchResponse } from '../http/engine-request.ts';
import { openBody } from '../http/response-body.ts';
import { findInPodman } from '../podman/find-in-podman.ts';
import type { ContainerEngine } from './container-engine.ts';
import { parseContainer, parseContainerNames } from './inspected-container.ts';

/** The containers of an engine that speaks HTTP: Docker Engine, or Podman, which is asked by its own calls. */
export function httpContainers(engine: Engine): ContainerEngine {
	const { connection, label, apiVersion, libpodVersion } = engine;
	const root = libpodVersion === null ? `/v${apiVersion.join('.')}` : `/v${libpodVersion}/libpod`;
	const pathOf = (name: string, verb: string): string =>
		`${root}/containers/${encodeURIComponent(name)}/${verb}`;
	return {
		label,
		program: libpodVersion === null ? 'docker' : 'podman',
		inspect: async (name, signal) => {
			const response = await fetchResponse(connection, pathOf(name, 'json'), signal);
			const document = jsonOf(response, connection);
			if (document === null) return null;
			const container = parseContainer(document);
			if (container === null) throw unexpectedResponse(connection, response);
			return container;
		},
		names: async (signal) => {
			const response = await fetchResponse(connection, `${root}/containers/json?all=true`, signal);
			return parseContainerNames(jsonOf(response, connection));
		},
		fileSystem: (id) => httpExport(engine, pathOf(id, 'export')),
		file: (id, path) => (signal) =>
			openBody(connection, `${pathOf(id, 'archive')}?path=%2F${escapeBytes(path)}`, signal),
		findImage: (input, options) =>
			libpodVersion === null ? findInDocker(engine, input, options) : findInPodman(engine, input, options),
	};
}

/** Names are bytes, and need not be UTF-8. */
function escapeBytes(path: Uint8Array): string {
	return Array.from(path, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}
