import { FathomError } from '../../errors.ts';
import { type ImageAtHand, MOST_IMAGES } from '../../image/at-hand/image-at-hand.ts';
import { isObject } from '../../image/json.ts';
import { localHost } from '../bases/local-engines.ts';
import { connectDocker } from '../engine/docker/docker-source.ts';
import { type Engine, jsonOf } from '../engine/http/engine-api.ts';
import { fetchResponse } from '../engine/http/engine-request.ts';
import { connectPodman } from '../engine/podman/podman-source.ts';
import type { SourceInput } from '../image-source.ts';
import { containerdImages } from './containerd-images.ts';

export type EngineName = 'docker' | 'podman' | 'containerd';

/** An engine that takes longer to list its images is as good as none. */
const PATIENCE_MILLISECONDS = 5000;

/**
 * The images of an engine behind a socket of this machine; none where there is no such socket, or nobody answers there in time. Starts and
 * changes nothing. Throws `interrupted`.
 */
export async function engineImages(
	name: EngineName,
	input: Pick<SourceInput, 'host' | 'access'>,
	signal: AbortSignal,
): Promise<readonly ImageAtHand[]> {
	const host = localHost(name, input);
	if (host === null) return [];
	const limited = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MILLISECONDS)]);
	try {
		const images = await listImages(name, { ...input, host }, limited);
		return images.slice(0, MOST_IMAGES);
	} catch (error) {
		// Why an engine that nobody asked for does not answer is of no interest.
		if (error instanceof FathomError && !signal.aborted) return [];
		throw error;
	}
}

async function listImages(
	name: EngineName,
	input: Pick<SourceInput, 'host' | 'access'>,
	signal: AbortSignal,
): Promise<readonly ImageAtHand[]> {
	if (name === 'containerd') return containerdImages(input, signal);
	const engine =
		name === 'docker'
			? await connectDocker(input, { signal })
			: (await connectPodman(input, { signal })).engine;
	// DOCKER_HOST often names Podman's socket, which is asked as Podman.
	if (engine === null || (name === 'docker' && engine.libpodVersion !== null)) return [];
	return parseEngineImages(await fetchImages(engine, signal), name);
}

async function fetchImages({ connection, apiVersion }: Engine, signal: AbortSignal): Promise<unknown> {
	const response = await fetchResponse(connection, `/v${apiVersion.join('.')}/images/json`, signal);
	return jsonOf(response, connection);
}

/** The images in an engine's answer (Docker Engine API, `ImageList`), one for each of their names. */
export function parseEngineImages(document: unknown, place: 'docker' | 'podman'): readonly ImageAtHand[] {
	if (!Array.isArray(document)) return [];
	return document.slice(0, MOST_IMAGES).flatMap((image: unknown): readonly ImageAtHand[] => {
		if (!isObject(image)) return [];
		const { Id: id, RepoTags: tags, Size: size, Created: created } = image;
		const names = Array.isArray(tags) ? tags.filter((tag): tag is string => isName(tag)) : [];
		const known = { place, bytes: amount(size), seconds: amount(created) };
		if (names.length > 0) return names.map((name) => ({ reference: `${place}:${name}`, name, ...known }));
		if (typeof id !== 'string' || !/^sha256:[0-9a-f]{64}$/.test(id)) return [];
		return [{ reference: `${place}:${id}`, name: id.slice(0, 19), ...known }];
	});
}

/** An image without a name is called `<none>:<none>`. */
function isName(tag: unknown): boolean {
	return typeof tag === 'string' && tag !== '' && tag.length <= 1000 && !tag.startsWith('<none>');
}

function amount(value: unknown): number | null {
	return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : null;
}
