import type { FoundImage } from '../../image-source.ts';
import type { EngineReading } from '../engine-image.ts';
import { readEngineImage } from '../read-engine-image.ts';

/** An image that is read as its engine exports it. */
export function findExport(reading: EngineReading): FoundImage {
	return { foundIn: reading.engine, read: () => readEngineImage(reading) };
}
