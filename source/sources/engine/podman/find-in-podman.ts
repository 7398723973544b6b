import { FathomError } from '../../../errors.ts';
import { isObject } from '../../../image/json.ts';
import { formatPlatform, platformMatches } from '../../../image/platform.ts';
import * as tolerant from '../../../image/tolerant.ts';
import type { FoundImage, ReadOptions, SourceInput } from '../../image-source.ts';
import { findExport } from '../export/find-export.ts';
import { httpExport } from '../export/image-export.ts';
import { unexpectedResponse } from '../http/connection-error.ts';
import { askJson, type Engine, escapeName, jsonOf } from '../http/engine-api.ts';
import { fetchResponse } from '../http/engine-request.ts';
import { namesOrNone, noSuchImage } from '../image-name.ts';
import { historyOrNone } from '../told-history.ts';
import { type PodmanImage, parsePodmanImage, tellPodmanImage } from './podman-image.ts';

/** Finds an image through Podman's API. It uses Podman's own calls, as Docker's leave out the history. */
export async function findInPodman(
	engine: Engine,
	input: SourceInput,
	options: ReadOptions,
): Promise<FoundImage> {
	const { name } = input;
	const { signal } = options;
	if (engine.libpodVersion === null) throw notPodman(engine, name);
	const response = await fetchResponse(engine.connection, libpodPath(engine, name, 'json'), signal);
	const document = jsonOf(response, engine.connection);
	if (document === null)
		throw noSuchImage(
			engine.label,
			name,
			await namesOrNone(localNames(engine, signal), signal),
			'podman pull',
		);
	const found = parsePodmanImage(document);
	if (found === null) throw unexpectedResponse(engine.connection, response);
	requirePlatform(engine.label, found, input);
	const path = libpodPath(engine, name, `get?format=${EXPORT_FORMAT}`);
	return findExport({
		input,
		options,
		sourceKind: 'podman-engine',
		engine: engine.label,
		...found,
		tell: async (given) => {
			const answer = askJson(engine, libpodPath(engine, name, 'history'), given);
			return tellPodmanImage(found, await historyOrNone(answer));
		},
		imageExport: httpExport(engine, path),
	});
}

/** The format in which Podman exports layers as it has them; for an OCI archive it would compress them first. */
export const EXPORT_FORMAT = 'docker-archive';

/** Podman has each name for one platform only. Throws `no-such-image` when that is not the one the user asked for. */
export function requirePlatform(
	engine: string,
	{ image }: PodmanImage,
	{ name, platform }: SourceInput,
): void {
	if (!platform || !image.platform || platformMatches(platform, image.platform)) return;
	throw new FathomError({
		code: 'no-such-image',
		message: `${engine} does not have ${name} for ${formatPlatform(platform)}, only for ${formatPlatform(image.platform)}.`,
		hint: `Get it with: podman pull --platform ${formatPlatform(platform)} ${name}`,
	});
}

function notPodman({ label }: Engine, name: string): FathomError {
	return new FathomError({
		code: 'unavailable',
		message: `${label} is not Podman.`,
		hint: `Use docker:${name}.`,
	});
}

function libpodPath({ libpodVersion }: Engine, name: string, verb: string): string {
	return `/v${libpodVersion}/libpod/images/${escapeName(name)}/${verb}`;
}

const MOST_NAMES = 2000;

/** The names of all images that Podman has; none where it fails to list them. */
async function localNames(engine: Engine, signal?: AbortSignal): Promise<readonly string[]> {
	const response = await fetchResponse(
		engine.connection,
		`/v${engine.libpodVersion}/libpod/images/json`,
		signal,
	);
	const list = response.status === 200 ? jsonOf(response, engine.connection) : [];
	if (!Array.isArray(list)) return [];
	return list
		.slice(0, MOST_NAMES)
		.flatMap((image) => (isObject(image) ? tolerant.texts.parse(image.RepoTags ?? image.Names) : []));
}
