import { z } from 'zod';
import { packageChangeKinds } from '../../../diff/packages/compared-packages.ts';
import { text } from '../../json/image-schema.ts';
import { bytes, count, layerIndex } from '../../json/row-schemas.ts';
import { forEach } from '../../json/schema.ts';

const comparedPackage = z
	.object({
		version: z.string(),
		purl: z.string().describe('its package URL'),
		layerIndex: layerIndex.describe('the layer that brought it, 0-based'),
		files: count.describe('the files that it owns'),
		bytes: bytes.describe('their bytes; an inode counts once'),
		addedBytes: bytes.describe('what would go if the package and all that only it needs went'),
	})
	.readonly();

/** A package that differs. */
export const packageChange = z
	.object({
		kind: z
			.enum(packageChangeKinds)
			.describe(
				'other-version: nothing tells which version is the later one; same-version: other files, or files that differ',
			),
		type: z.string().describe('the type of its package URL'),
		name: z.string(),
		architecture: text,
		bytesDelta: z.int().describe('new - old'),
		differingFiles: count.nullable().describe('how many of its files differ; null where that is not known'),
		old: comparedPackage.nullable(),
		new: comparedPackage.nullable(),
	})
	.readonly();

/** How many packages changed in each way. */
export const packageCounts = forEach(packageChangeKinds, count);

/** Layers of both images. */
export const unreadLayers = z
	.object({ old: z.array(layerIndex).readonly(), new: z.array(layerIndex).readonly() })
	.readonly();
