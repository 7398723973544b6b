import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FathomError } from '../../../errors.ts';
import { isObject } from '../../../image/json.ts';
import * as tolerant from '../../../image/tolerant.ts';
import { shorten } from '../../../text/shorten.ts';
import type { Host } from '../../host.ts';
import { type Endpoint, parseEndpoint } from '../http/endpoint.ts';
import { readTlsFiles } from '../http/tls-files.ts';

/** The Docker CLI's folder: `$DOCKER_CONFIG`, else `~/.docker`. */
export function dockerFolder({ environment, homeFolder }: Host): string {
	return environment.DOCKER_CONFIG || join(homeFolder, '.docker');
}

/** The name for no context: DOCKER_HOST or the usual sockets. */
export const DEFAULT_CONTEXT = 'default';

const config = tolerant.fields({ currentContext: tolerant.text });
const meta = tolerant.fields({
	Endpoints: tolerant.fields({
		docker: tolerant.fields({ Host: tolerant.text, SkipTLSVerify: tolerant.flag }),
	}),
});

/** The name of the current context, which the Docker CLI uses when DOCKER_HOST is not set. */
export function currentContext(host: Host): string {
	if (host.environment.DOCKER_CONTEXT) return host.environment.DOCKER_CONTEXT;
	const path = join(dockerFolder(host), 'config.json');
	return config.parse(readJson(path) ?? {}).currentContext ?? DEFAULT_CONTEXT;
}

/** The endpoint of a context. Throws `settings` where there is no such context. */
export function contextEndpoint(name: string, host: Host): Endpoint {
	const contexts = join(dockerFolder(host), 'contexts');
	const id = createHash('sha256').update(name).digest('hex');
	const path = join(contexts, 'meta', id, 'meta.json');
	const document = readJson(path);
	const { docker } = meta.parse(document ?? {}).Endpoints;
	if (docker.Host === null) throw noContext(name, document === null ? 'does not exist' : 'has no host');
	const folder = join(contexts, 'tls', id, 'docker');
	const hasTls = docker.SkipTLSVerify || existsSync(folder);
	const tls = hasTls ? readTlsFiles(folder, !docker.SkipTLSVerify) : null;
	return parseEndpoint(docker.Host, `The host of the Docker context "${shorten(name)}"`, tls);
}

/** null where the file does not exist, or is not a JSON object. */
function readJson(path: string): Readonly<Record<string, unknown>> | null {
	try {
		const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
		return isObject(value) ? value : null;
	} catch {
		return null;
	}
}

function noContext(name: string, problem: string): FathomError {
	return new FathomError({
		code: 'settings',
		message: `The Docker context "${shorten(name)}" ${problem}.`,
		hint: 'List the contexts with: docker context ls',
	});
}
