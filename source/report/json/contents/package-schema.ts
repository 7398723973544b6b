import { z } from 'zod';
import { packageTypes } from '../../../facts/packages/package-facts.ts';
import { bytes, count, layerIndex } from '../row-schemas.ts';

const positions = z.array(count).readonly();

export const packageRow = z
	.object({
		type: z.enum(packageTypes).describe('the type of its package URL'),
		name: z.string(),
		version: z.string(),
		architecture: z.string().nullable(),
		source: z.string().nullable().describe('the source package, where the database names another one'),
		purl: z.string().describe('its package URL'),
		path: z.string().describe('the file that says so: a database, a document or a binary'),
		isFromSbom: z.boolean().describe('whether an SBOM says so, and no package manager'),
		layerIndex: layerIndex.describe('the layer that brought it'),
		files: count.describe('the files that it owns; everything but directories'),
		bytes: bytes.describe('their bytes; an inode counts once'),
		addedBytes: bytes.describe('what would go if the package and all that only it needs went'),
		alsoFiles: count.describe('files that it claims and another package owns'),
		alsoBytes: bytes,
		dependsOn: positions.describe('the packages that it needs, by position in this list'),
		requiredBy: positions.describe('the packages that need it, by position in this list'),
	})
	.readonly();

export const unownedRow = z
	.object({
		path: z.string().describe('a folder in the root; empty for the files in the root itself'),
		files: count,
		bytes,
	})
	.readonly();

export type JsonPackage = z.infer<typeof packageRow>;
export type JsonUnowned = z.infer<typeof unownedRow>;
