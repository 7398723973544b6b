import type { FoundImage } from '../../image-source.ts';
import type { EngineReading } from '../engine-image.ts';
import { readEngineImage } from './read-engine-image.ts';

/** An image that its engine exports. */
export function findExport(reading: EngineReading): FoundImage {
	return { foundIn: reading.engine, read: () => readEngineImage(reading) };
}
