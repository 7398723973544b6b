import { parseConfig } from '../../../image/config.ts';
import { parseDigest } from '../../../image/digest.ts';
import { isObject } from '../../../image/json.ts';
import * as tolerant from '../../../image/tolerant.ts';
import type { ImageRecord, InspectedImage, ToldImage } from '../engine-image.ts';
import { type ToldStep, unpackedLayers } from '../told-history.ts';

/** What Podman says about an image: all that is in its config. */
export interface PodmanImage {
	readonly image: InspectedImage;
	readonly record: ImageRecord;
}

const schema = tolerant.fields({
	Id: tolerant.text,
	Digest: tolerant.digest,
	RepoTags: tolerant.texts,
	RepoDigests: tolerant.texts,
	Created: tolerant.text,
	Author: tolerant.text,
	Os: tolerant.text,
	Architecture: tolerant.text,
	Variant: tolerant.text,
	Annotations: tolerant.dictionary,
	RootFS: tolerant.fields({ Layers: tolerant.listOfEach(tolerant.digest) }),
});

/** Parses what Podman's inspect call or `podman image inspect` gives; null when it is something else. */
export function parsePodmanImage(document: unknown): PodmanImage | null {
	const inspected = schema.parse(document);
	const id = parseDigest(`sha256:${inspected.Id?.replace(/^sha256:/, '')}`);
	if (id === null || !isObject(document)) return null;
	const diffIds = inspected.RootFS.Layers.filter((diffId) => diffId !== null);
	const config = parseConfig(
		Buffer.from(
			JSON.stringify({
				created: inspected.Created,
				author: inspected.Author,
				os: inspected.Os,
				architecture: inspected.Architecture,
				variant: inspected.Variant,
				config: document.Config,
				rootfs: { diff_ids: inspected.RootFS.Layers },
				history: document.History,
			}),
		),
		'The response of Podman',
	);
	return {
		image: {
			...{ id, names: inspected.RepoTags, platform: config.platform, diffIds },
			digests: inspected.RepoDigests.flatMap((name) => parseDigest(name.replace(/^.*@/s, '')) ?? []),
		},
		record: {
			config,
			configDigest: id,
			manifestDigest: inspected.Digest,
			annotations: inspected.Annotations,
			layers: null,
		},
	};
}

/** What Podman tells of an image by its inspect call, with the sizes of layers from its history as far as it gives one. */
export function tellPodmanImage(
	{ record: { config } }: PodmanImage,
	history: readonly ToldStep[],
): ToldImage {
	return { config, layers: unpackedLayers(history, config.history, config.diffIds.length) };
}
