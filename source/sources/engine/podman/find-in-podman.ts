import { FathomError } from '../../../errors.ts';
import { isObject } from '../../../image/json.ts';
import { formatPlatform, platformMatches } from '../../../image/platform.ts';
import * as tolerant from '../../../image/tolerant.ts';
import type { FoundImage, OpenOptions, SourceInput } from '../../image-source.ts';
import { refused } from '../engine-error.ts';
import { findExport } from '../export/find-export.ts';
import { httpExport } from '../export/stream-export.ts';
import { type Engine, escapeName, jsonOf } from '../http/engine-api.ts';
import { ask } from '../http/engine-http.ts';
import { namesOrNone, noSuchImage } from '../image-name.ts';
import { type PodmanImage, parsePodmanImage } from './podman-image.ts';

/** An image of a Podman that answers on a socket, by the API that is its own: Docker's leaves out the history. */
export async function findInPodman(
	engine: Engine,
	input: SourceInput,
	options: OpenOptions,
): Promise<FoundImage> {
	const { name } = input;
	const { signal } = options;
	if (engine.libpodVersion === null) throw noPodman(engine, name);
	const answer = await ask(engine.connection, libpodPath(engine, name, 'json'), signal);
	const document = jsonOf(answer, engine.connection);
	if (document === null)
		throw noSuchImage(
			engine.label,
			name,
			await namesOrNone(localNames(engine, signal), signal),
			'podman pull',
		);
	const found = parsePodmanImage(document);
	if (found === null) throw refused(engine.connection, answer);
	requirePlatform(engine.label, found, input, options);
	const path = libpodPath(engine, name, `get?format=${EXPORT_FORMAT}`);
	return findExport({
		input,
		options,
		sourceKind: 'podman-engine',
		engine: engine.label,
		...found,
		imageExport: httpExport(engine, path),
	});
}

/** The format in which Podman writes layers out as it has them; for an OCI archive it would pack them first. */
export const EXPORT_FORMAT = 'docker-archive';

/** Podman has an image for one platform under a name. Throws `no-such-image` when it is another. */
export function requirePlatform(
	engine: string,
	{ image }: PodmanImage,
	{ name }: SourceInput,
	{ platform }: OpenOptions,
): void {
	if (!platform || !image.platform || platformMatches(platform, image.platform)) return;
	throw new FathomError({
		code: 'no-such-image',
		message: `${engine} does not have ${name} for ${formatPlatform(platform)}, it has it for ${formatPlatform(image.platform)}.`,
		hint: `Get it with: podman pull --platform ${formatPlatform(platform)} ${name}`,
	});
}

function noPodman({ label }: Engine, name: string): FathomError {
	return new FathomError({
		code: 'unavailable',
		message: `${label} is not Podman.`,
		hint: `Write docker:${name}.`,
	});
}

function libpodPath({ libpodVersion }: Engine, name: string, verb: string): string {
	return `/v${libpodVersion}/libpod/images/${escapeName(name)}/${verb}`;
}

const MOST_NAMES = 2000;

/** The names of all images that Podman has; none where it does not say. */
async function localNames(engine: Engine, signal?: AbortSignal): Promise<readonly string[]> {
	const answer = await ask(engine.connection, `/v${engine.libpodVersion}/libpod/images/json`, signal);
	const list = answer.status === 200 ? jsonOf(answer, engine.connection) : [];
	if (!Array.isArray(list)) return [];
	return list
		.slice(0, MOST_NAMES)
		.flatMap((image) => (isObject(image) ? tolerant.texts.parse(image.RepoTags ?? image.Names) : []));
}
