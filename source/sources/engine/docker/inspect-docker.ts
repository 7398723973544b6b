import { FathomError } from '../../../errors.ts';
import { parseDigest } from '../../../image/digest.ts';
import { isObject, parseJson } from '../../../image/json.ts';
import { formatPlatform, type Platform, platformMatches } from '../../../image/platform.ts';
import * as tolerant from '../../../image/tolerant.ts';
import type { InspectedImage } from '../engine-image.ts';
import { errorMessageIn, unexpectedResponse } from '../http/connection-error.ts';
import { type Engine, imagePath, jsonOf, supportsVersion } from '../http/engine-api.ts';
import { fetchResponse } from '../http/engine-request.ts';
import { namesOrNone, noSuchImage } from '../image-name.ts';

const schema = tolerant.fields({
	Id: tolerant.digest,
	RepoTags: tolerant.texts,
	RepoDigests: tolerant.texts,
	Created: tolerant.text,
	Config: tolerant.fields({ Labels: tolerant.dictionary }),
	Os: tolerant.text,
	Architecture: tolerant.text,
	Variant: tolerant.text,
	RootFS: tolerant.fields({ Layers: tolerant.listOfEach(tolerant.digest) }),
});

export interface ImageQuery {
	readonly name: string;
	readonly platform?: Platform | undefined;
	readonly signal?: AbortSignal | undefined;
}

/** The versions of the API from which on the inspect call, and the other two, take a platform. */
const INSPECT_PLATFORM = [1, 49] as const;
const EXPORT_PLATFORM = [1, 48] as const;

/** What Docker Engine says of an image. */
export interface DockerImage {
	readonly image: InspectedImage;
	/** The response of the inspect call. */
	readonly document: unknown;
}

/** Inspects an image. Throws `not-found`, and `no-such-image` where the engine has it for other platforms only. */
export async function inspectDockerImage(engine: Engine, query: ImageQuery): Promise<DockerImage> {
	const { connection } = engine;
	const { name, platform, signal } = query;
	const asksPlatform = platform !== undefined && supportsVersion(engine, INSPECT_PLATFORM);
	const path = imagePath(engine, name, 'json') + (asksPlatform ? platformQuery(platform) : '');
	const response = await fetchResponse(connection, path, signal);
	// The status for a missing platform differs between versions of the engine.
	if (asksPlatform && response.status >= 400 && /platform/i.test(errorMessageIn(response.body)))
		throw wrongPlatform(engine, query, null);
	if (response.status === 404)
		throw noSuchImage(
			engine.label,
			name,
			await namesOrNone(localNames(engine, signal), signal),
			'docker pull',
		);
	const document = jsonOf(response, connection);
	const parsed = schema.parse(document);
	if (parsed.Id === null) throw unexpectedResponse(connection, response);
	const offered = tolerant.platform.parse({
		os: parsed.Os,
		architecture: parsed.Architecture,
		variant: parsed.Variant,
	});
	const image = {
		id: parsed.Id,
		names: parsed.RepoTags,
		platform: offered,
		created: parsed.Created,
		labels: parsed.Config.Labels,
		digests: parsed.RepoDigests.flatMap((name) => parseDigest(name.replace(/^.*@/s, '')) ?? []),
	};
	const isOther = platform !== undefined && offered !== null && !platformMatches(platform, offered);
	if (isOther && !supportsVersion(engine, EXPORT_PLATFORM)) throw wrongPlatform(engine, query, offered);
	const diffIds = parsed.RootFS.Layers.filter((diffId) => diffId !== null);
	const isIncomplete = diffIds.length < parsed.RootFS.Layers.length;
	// The layers in the response are those of another platform.
	return { document, image: { ...image, diffIds: isOther || isIncomplete ? null : diffIds } };
}

/** The path of the call that exports an image as an archive. */
export function exportPath(engine: Engine, query: ImageQuery): string {
	return pathOf(engine, query, 'get');
}

/** The path of the call that lists the steps of an image. */
export function historyPath(engine: Engine, query: ImageQuery): string {
	return pathOf(engine, query, 'history');
}

function pathOf(engine: Engine, { name, platform }: ImageQuery, verb: string): string {
	const asks = platform !== undefined && supportsVersion(engine, EXPORT_PLATFORM);
	return imagePath(engine, name, verb) + (asks ? platformQuery(platform) : '');
}

/** The platform as JSON, as all calls take it (Docker Engine API 1.48). */
function platformQuery({ os, architecture, variant }: Platform): string {
	const value = { os, architecture, ...(variant !== null && { variant }) };
	return `?platform=${encodeURIComponent(JSON.stringify(value))}`;
}

function wrongPlatform(
	{ label }: Engine,
	{ name, platform }: ImageQuery,
	offered: Platform | null,
): FathomError {
	const wanted = platform ? formatPlatform(platform) : 'that platform';
	const others = offered === null ? '' : `, only for ${formatPlatform(offered)}`;
	return new FathomError({
		code: 'no-such-image',
		message: `${label} does not have ${name} for ${wanted}${others}.`,
		hint: `Get it with: docker pull --platform ${wanted} ${name}`,
	});
}

const MOST_NAMES = 2000;

/** The names of all images that the engine has; none where it fails to list them. */
async function localNames(engine: Engine, signal?: AbortSignal): Promise<readonly string[]> {
	const response = await fetchResponse(
		engine.connection,
		`/v${engine.apiVersion.join('.')}/images/json`,
		signal,
	);
	if (response.status !== 200) return [];
	const list = parseJson(response.body, 'The list of images');
	if (!Array.isArray(list)) return [];
	return list
		.slice(0, MOST_NAMES)
		.flatMap((image) => (isObject(image) ? tolerant.texts.parse(image.RepoTags) : []))
		.filter((name) => !name.includes('<none>'));
}
