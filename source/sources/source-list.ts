import { archiveSource } from './archive/archive-source.ts';
import { layoutSource } from './archive/layout-source.ts';
import type { ImageSource, SourceName } from './image-source.ts';

/** Engines and registries are loaded when they are asked, so that opening a file does not wait for them. */
const loaders: Readonly<Record<SourceName, () => ImageSource | Promise<ImageSource>>> = {
	docker: async () => (await import('./engine/docker/docker-source.ts')).dockerSource,
	podman: async () => (await import('./engine/podman/podman-source.ts')).podmanSource,
	containerd: async () => (await import('./engine/containerd/containerd-source.ts')).containerdSource,
	registry: async () => (await import('./registry/registry-source.ts')).registrySource,
	archive: () => archiveSource,
	oci: () => layoutSource,
	container: async () => (await import('./engine/container/container-source.ts')).containerSource,
};

export async function loadSource(name: SourceName): Promise<ImageSource> {
	return loaders[name]();
}

/** The sources of these names, in the same order, each loaded when it is its turn. */
export async function* loadSources(names: readonly SourceName[]): AsyncGenerator<ImageSource> {
	for (const name of names) yield loaders[name]();
}
