import { z } from 'zod';
import { findingLevels } from '../../../analysis/findings/finding-level.ts';
import { bytes, layerIndex } from '../../json/row-schemas.ts';

/** A finding that is new, gone or grown. */
export const findingChange = z
	.object({
		kind: z.enum(['new', 'grown', 'gone']),
		code: z.string(),
		level: z.enum(findingLevels),
		oldBytes: bytes.nullable().describe('what it is about; null for one that is new'),
		newBytes: bytes.nullable().describe('null for one that is gone'),
		oldLayer: layerIndex.nullable().describe('the layer to blame; null where none is'),
		newLayer: layerIndex.nullable(),
		paths: z.array(z.string()).readonly().describe('of the new image; of the old one if it is gone'),
	})
	.readonly();

export type JsonFindingChange = z.infer<typeof findingChange>;
