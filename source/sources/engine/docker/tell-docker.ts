import { type ImageConfig, parseConfig } from '../../../image/config.ts';
import { isObject } from '../../../image/json.ts';
import type { ToldImage } from '../engine-image.ts';
import { askJson, type Engine } from '../http/engine-api.ts';
import { configSteps, historyOrNone, type ToldStep, unpackedLayers } from '../told-history.ts';
import { type DockerImage, historyPath, type ImageQuery } from './inspect-docker.ts';

/** What Docker Engine tells of an image that it was asked for. Null where it does not say which layers that has. */
export async function tellDockerImage(
	engine: Engine,
	query: ImageQuery,
	{ image: { diffIds }, document }: DockerImage,
): Promise<ToldImage | null> {
	if (diffIds === null || !isObject(document)) return null;
	const steps = await historyOrNone(askJson(engine, historyPath(engine, query), query.signal));
	const config = configOf(document, diffIds, steps);
	return { config, layers: unpackedLayers(steps, config.history, diffIds.length) };
}

function configOf(
	document: Readonly<Record<string, unknown>>,
	diffIds: readonly string[],
	steps: readonly ToldStep[],
): ImageConfig {
	const { Created, Author, Os, OsVersion, Architecture, Variant, Config } = document;
	const written = {
		...{ created: Created, author: Author, os: Os, architecture: Architecture, variant: Variant },
		'os.version': OsVersion,
		config: Config,
		rootfs: { diff_ids: diffIds },
	};
	const config = parseConfig(Buffer.from(JSON.stringify(written)), 'The response of Docker Engine');
	return { ...config, history: configSteps(steps, diffIds.length) };
}
