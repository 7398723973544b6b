import { z } from 'zod';
import { listedKinds } from '../../analysis/figures.ts';
import { entryKinds } from '../../tar/changeset.ts';

export const bytes = z.int().min(0);
export const count = z.int().min(0);
export const layerIndex = z.int().min(0).describe('0-based, lowest layer first');

/** A row of a change set. */
export const change = z.object({
	path: z.string().describe('without a leading slash; a byte that is not UTF-8 is written as \\xHH'),
	kind: z.enum(listedKinds),
	type: z
		.enum(entryKinds)
		.describe(
			'what the path is after the change; for a removed path, what it was before; a hard link to a symlink or a device is one of those itself',
		),
	sizeBytes: bytes.describe(
		'bytes of a regular file, 0 for anything else; for a removed path, what it was before',
	),
	mode: z
		.string()
		.regex(/^[0-7]{4}$/)
		.describe('permission and set-id bits, octal'),
	uid: count,
	gid: count,
	mtime: z
		.number()
		.optional()
		.describe('seconds since 1970; absent for a directory that no layer has an entry for'),
	attributesDigest: z
		.string()
		.regex(/^[0-9a-f]{32}$/)
		.optional()
		.describe(
			'equal for entries with equal extended attributes, by which reports of one version of fathom can be compared; absent where there are none',
		),
	linkTarget: z
		.string()
		.optional()
		.describe(
			'for a symlink, its target as written; for a hard link, the path whose content it shares as that was when the entry of the link came',
		),
	sha256: z
		.string()
		.regex(/^[0-9a-f]{64}$/)
		.optional()
		.describe(
			'with --digests, of the content of a regular file that is there after the change; the holes of a sparse file are zeros, and there is no digest where the warning sparse-file-not-hashed says so',
		),
	linked: z
		.object({
			layerIndex,
			path: z.string(),
			sizeBytes: bytes,
			superseded: count
				.optional()
				.describe('its position in `superseded` of that layer, where another entry took its place'),
		})
		.nullable()
		.optional()
		.describe(
			'for a hard link that is there after the change, the entry that has its content; links with the same one are names of one file; null where it links to nothing; absent in older reports',
		),
	device: z.string().optional().describe('for a device, major:minor'),
});

export const unchangedDirectory = change
	.pick({ path: true, type: true, sizeBytes: true, mode: true, uid: true, gid: true })
	.extend({
		kind: z.enum(['unchanged', 'removed']).describe('removed: no layer has an entry for it'),
		mtime: change.shape.mtime,
		attributesDigest: change.shape.attributesDigest,
	});

export const superseded = z.object({
	path: z.string(),
	type: z.enum(entryKinds),
	sizeBytes: bytes,
	sha256: change.shape.sha256,
});
