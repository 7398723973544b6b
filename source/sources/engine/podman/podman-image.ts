import { parseConfig } from '../../../image/config.ts';
import { parseDigest } from '../../../image/digest.ts';
import { isObject } from '../../../image/json.ts';
import * as tolerant from '../../../image/tolerant.ts';
import type { ImageRecord, InspectedImage } from '../engine-image.ts';

/** What Podman says of an image, which is all that its config says. */
export interface PodmanImage {
	readonly image: InspectedImage;
	readonly record: ImageRecord;
}

const schema = tolerant.fields({
	Id: tolerant.text,
	Digest: tolerant.digest,
	RepoTags: tolerant.texts,
	Created: tolerant.text,
	Author: tolerant.text,
	Os: tolerant.text,
	Architecture: tolerant.text,
	Variant: tolerant.text,
	Annotations: tolerant.dictionary,
	RootFS: tolerant.fields({ Layers: tolerant.listOfEach(tolerant.digest) }),
});

/** Reads the answer of Podman's own inspect call, by socket or by program; null when it is none. */
export function parsePodmanImage(document: unknown): PodmanImage | null {
	const said = schema.parse(document);
	const id = parseDigest(`sha256:${said.Id?.replace(/^sha256:/, '')}`);
	if (id === null || !isObject(document)) return null;
	const diffIds = said.RootFS.Layers.filter((diffId) => diffId !== null);
	const config = parseConfig(
		Buffer.from(
			JSON.stringify({
				created: said.Created,
				author: said.Author,
				os: said.Os,
				architecture: said.Architecture,
				variant: said.Variant,
				config: document.Config,
				rootfs: { diff_ids: said.RootFS.Layers },
				history: document.History,
			}),
		),
		'The answer of Podman',
	);
	return {
		image: { id, names: said.RepoTags, platform: config.platform, diffIds },
		record: {
			config,
			configDigest: id,
			manifestDigest: said.Digest,
			annotations: said.Annotations,
			layers: null,
		},
	};
}
