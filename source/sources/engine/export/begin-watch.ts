import { describeImage } from '../../../image/describe.ts';
import type { Changeset } from '../../../tar/changeset.ts';
import type { EngineReading, ToldImage } from '../engine-image.ts';
import { platformNotices } from '../platform-notices.ts';
import { ExportWatch } from './export-watch.ts';
import { layerNames } from './layer-names.ts';

/** An export that is watched, and what the engine told of its image. */
export interface BegunWatch {
	readonly watch: ExportWatch;
	readonly told: ToldImage;
}

/**
 * Shows the image to a watcher before it is exported, by what its engine tells, with the layers that `knownLayer` has. Null where nobody
 * watches, or the engine does not tell the layers. Throws `interrupted`.
 */
export async function beginWatch(
	reading: EngineReading,
	knownLayer: (diffId: string) => Changeset | null,
): Promise<BegunWatch | null> {
	const { image, input, options, record } = reading;
	const { diffIds } = image;
	const { watcher } = options;
	if (watcher === undefined || diffIds === null) return null;
	const told = await reading.tell(options.signal);
	if (told === null || told.layers.length !== diffIds.length) return null;
	const { description, warnings } = describeImage({
		names: image.names,
		manifestDigest: record?.manifestDigest ?? null,
		configDigest: record?.configDigest ?? null,
		platform: told.config.platform ?? image.platform,
		annotations: record?.annotations ?? {},
		config: told.config,
		layers: told.layers,
	});
	const notices = platformNotices(description, input);
	const watch = new ExportWatch({
		watcher,
		described: { description, warnings, notices },
		diffIds,
		names: layerNames(image, told, input.cache),
	});
	await watch.begin(knownLayer);
	return { watch, told };
}
