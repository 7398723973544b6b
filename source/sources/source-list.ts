import { archiveSource } from './archive-source.ts';
import type { ImageSource, SourceName } from './image-source.ts';
import { layoutSource } from './layout-source.ts';

type Loaders = Readonly<Partial<Record<SourceName, () => ImageSource | Promise<ImageSource>>>>;

/** Engines and registries are loaded when they are asked, so that opening a file does not wait for them. */
const loaders: Loaders = {
	archive: () => archiveSource,
	oci: () => layoutSource,
};

/** The sources of these names, in the same order, each loaded when it is its turn. */
export async function* loadSources(names: readonly SourceName[]): AsyncGenerator<ImageSource> {
	for (const name of names) {
		const load = loaders[name];
		if (load) yield load();
	}
}
