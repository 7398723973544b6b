import type { LocatedImage } from '../../image-source.ts';
import type { EngineReading } from '../engine-image.ts';
import { readEngineImage } from '../read-engine-image.ts';

/** An image that is read as its engine exports it. */
export function locateExport(reading: EngineReading): LocatedImage {
	return { foundIn: reading.engine, read: () => readEngineImage(reading) };
}
