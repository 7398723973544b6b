import { FathomError } from '../../../errors.ts';
import { isObject, parseJson } from '../../../image/json.ts';
import { formatPlatform, type Platform, platformMatches } from '../../../image/platform.ts';
import * as tolerant from '../../../image/tolerant.ts';
import { refused } from '../engine-error.ts';
import type { InspectedImage } from '../engine-image.ts';
import { type Engine, imagePath, jsonOf, knowsVersion, wordsOf } from '../http/engine-api.ts';
import { ask } from '../http/engine-http.ts';
import { namesOrNone, noSuchImage } from '../image-name.ts';

const schema = tolerant.fields({
	Id: tolerant.digest,
	RepoTags: tolerant.texts,
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

/** From these versions on the inspect call and the export take a platform. */
const INSPECT_PLATFORM = [1, 49] as const;
const EXPORT_PLATFORM = [1, 48] as const;

/** Asks what an image is. Throws `not-found`, and `no-such-image` where it is there for other platforms alone. */
export async function inspectDockerImage(engine: Engine, query: ImageQuery): Promise<InspectedImage> {
	const { connection } = engine;
	const { name, platform, signal } = query;
	const asksPlatform = platform !== undefined && knowsVersion(engine, INSPECT_PLATFORM);
	const path = imagePath(engine, name, 'json') + (asksPlatform ? platformQuery(platform) : '');
	const answer = await ask(connection, path, signal);
	// A platform that is not there has a status of its own in some versions, and none in others.
	if (asksPlatform && answer.status >= 400 && /platform/i.test(wordsOf(answer)))
		throw wrongPlatform(engine, query, null);
	if (answer.status === 404)
		throw noSuchImage(
			engine.label,
			name,
			await namesOrNone(localNames(engine, signal), signal),
			'docker pull',
		);
	const parsed = schema.parse(jsonOf(answer, connection));
	if (parsed.Id === null) throw refused(connection, answer);
	const offered = tolerant.platform.parse({
		os: parsed.Os,
		architecture: parsed.Architecture,
		variant: parsed.Variant,
	});
	const image = { id: parsed.Id, names: parsed.RepoTags, platform: offered };
	const isOther = platform !== undefined && offered !== null && !platformMatches(platform, offered);
	if (isOther && !knowsVersion(engine, EXPORT_PLATFORM)) throw wrongPlatform(engine, query, offered);
	const diffIds = parsed.RootFS.Layers.filter((diffId) => diffId !== null);
	// What it said of the layers is said of another platform's.
	return { ...image, diffIds: isOther || diffIds.length < parsed.RootFS.Layers.length ? null : diffIds };
}

/** The path that has the image written out as an archive. */
export function exportPath(engine: Engine, { name, platform }: ImageQuery): string {
	const asks = platform !== undefined && knowsVersion(engine, EXPORT_PLATFORM);
	return imagePath(engine, name, 'get') + (asks ? platformQuery(platform) : '');
}

/** As JSON, which is what these two calls take (Docker Engine API 1.48). */
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
	const there = offered === null ? '' : `, it has it for ${formatPlatform(offered)}`;
	return new FathomError({
		code: 'no-such-image',
		message: `${label} does not have ${name} for ${wanted}${there}.`,
		hint: `Get it with: docker pull --platform ${wanted} ${name}`,
	});
}

const MOST_NAMES = 2000;

/** The names of all images that the engine has; none where it does not say. */
async function localNames(engine: Engine, signal?: AbortSignal): Promise<readonly string[]> {
	const answer = await ask(engine.connection, `/v${engine.apiVersion.join('.')}/images/json`, signal);
	if (answer.status !== 200) return [];
	const list = parseJson(answer.body, 'The list of images');
	if (!Array.isArray(list)) return [];
	return list
		.slice(0, MOST_NAMES)
		.flatMap((image) => (isObject(image) ? tolerant.texts.parse(image.RepoTags) : []))
		.filter((name) => !name.includes('<none>'));
}
