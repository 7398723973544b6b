import { FathomError } from '../../../errors.ts';
import type { FoundImage, ImageSource, ReadOptions, SourceInput } from '../../image-source.ts';
import { findExport } from '../export/find-export.ts';
import { httpExport } from '../export/image-export.ts';
import { connectEngine, type Engine } from '../http/engine-api.ts';
import { dockerDial } from '../http/ssh-dial.ts';
import { requireImageName } from '../image-name.ts';
import { findInPodman } from '../podman/find-in-podman.ts';
import { dockerEndpoints } from './docker-endpoints.ts';
import { exportPath, inspectDockerImage } from './inspect-docker.ts';
import { tellDockerImage } from './tell-docker.ts';

/** Docker Engine, and everything that speaks its API. It pulls nothing, and creates nothing in the engine. */
export const dockerSource: ImageSource = { sourceName: 'docker', find: findImage };

async function findImage(input: SourceInput, options: ReadOptions): Promise<FoundImage> {
	requireImageName(input.name);
	const engine = await connectDocker(input, options);
	// DOCKER_HOST often names Podman's socket.
	return engine.libpodVersion === null
		? findInDocker(engine, input, options)
		: findInPodman(engine, input, options);
}

/** Connects to the first engine that answers. When none does, throws the error of the first endpoint. */
export async function connectDocker(
	{ host }: Pick<SourceInput, 'host'>,
	{ signal }: ReadOptions,
): Promise<Engine> {
	const [first, ...others] = dockerEndpoints(host);
	const common = { engine: 'Docker Engine', dial: dockerDial, environment: host.environment };
	try {
		return await connectEngine({ ...common, endpoint: first }, signal);
	} catch (error) {
		for (const endpoint of others) {
			const engine = await connectEngine({ ...common, endpoint }, signal).catch(ignoreFailure);
			if (engine !== null) return engine;
		}
		throw error;
	}
}

function ignoreFailure(error: unknown): null {
	if (error instanceof FathomError && error.code !== 'interrupted') return null;
	throw error;
}

/** Finds an image in an engine that answers. Throws `FathomError`. */
export async function findInDocker(
	engine: Engine,
	input: SourceInput,
	options: ReadOptions,
): Promise<FoundImage> {
	const { name, platform } = input;
	const { signal } = options;
	const found = await inspectDockerImage(engine, { name, platform, signal });
	const path = exportPath(engine, { name, platform });
	return findExport({
		input,
		options,
		sourceKind: 'docker-engine',
		engine: engine.label,
		image: found.image,
		record: null,
		tell: (given) => tellDockerImage(engine, { name, platform, signal: given }, found),
		imageExport: httpExport(engine, path),
	});
}
