import { parseDigest } from '../../../image/digest.ts';
import * as tolerant from '../../../image/tolerant.ts';
import type { InspectedContainer } from './container-engine.ts';

const schema = tolerant.fields({
	Id: tolerant.text,
	Name: tolerant.text,
	Created: tolerant.text,
	Image: tolerant.text,
	ImageName: tolerant.text,
	Config: tolerant.fields({ Image: tolerant.text }),
	State: tolerant.fields({ Running: tolerant.flag, Paused: tolerant.flag, Status: tolerant.text }),
	Mounts: tolerant.listOfEach(tolerant.fields({ Destination: tolerant.text })),
	// What `--tmpfs` mounts is listed here alone.
	HostConfig: tolerant.fields({ Tmpfs: tolerant.keys }),
	// From an engine whose images have several platforms (Docker Engine API 1.48).
	ImageManifestDescriptor: tolerant.fields({ platform: tolerant.platform }),
});

/**
 * Parses what `GET /containers/{id}/json` of Docker gives (Docker Engine API 1.24 and newer), Podman's own call, or `podman container
 * inspect`. Null when it is something else.
 */
export function parseContainer(document: unknown): InspectedContainer | null {
	const inspected = schema.parse(document);
	const { Id, Name, Image, ImageName, Config, State, Mounts, HostConfig } = inspected;
	if (Id === null || !/^[0-9a-f]{12,64}$/.test(Id)) return null;
	const mounts = [...Mounts.map(({ Destination }) => Destination ?? ''), ...HostConfig.Tmpfs];
	return {
		id: Id,
		name: (Name ?? '').replace(/^\//, '') || Id.slice(0, 12),
		created: inspected.Created,
		isRunning: State.Running && !State.Paused,
		leaving: State.Status === 'dead' || State.Status === 'removing' ? State.Status : null,
		mounts: [...new Set(mounts.filter((path) => path.startsWith('/')))].sort(),
		imageId: Image === null ? null : parseDigest(`sha256:${Image.replace(/^sha256:/, '')}`),
		imageName: ImageName ?? Config.Image,
		platform: inspected.ImageManifestDescriptor.platform,
	};
}

const listed = tolerant.listOfEach(tolerant.fields({ Names: tolerant.texts }));

/** The names in a list of containers, without the slash that Docker puts in front. */
export function parseContainerNames(document: unknown): readonly string[] {
	return listed.parse(document).flatMap(({ Names }) => Names.map((name) => name.replace(/^\//, '')));
}
