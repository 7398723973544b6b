import { z } from 'zod';
import { differenceKinds, metadataFields } from '../../../diff/listing/file-differences.ts';
import { entryKinds } from '../../../tar/changeset.ts';
import { text } from '../../json/image-schema.ts';
import { bytes, count } from '../../json/row-schemas.ts';

const state = z.object({
	type: z.enum(entryKinds).describe('a hard link to a symlink or a device is one of those itself'),
	mode: z
		.string()
		.regex(/^[0-7]{4}$/)
		.describe('permission and set-id bits, octal'),
	uid: count,
	gid: count,
	mtime: z
		.number()
		.optional()
		.describe(
			'modification time, seconds since 1970; with --strict, where a layer has an entry for the path',
		),
	linkTarget: z
		.string()
		.optional()
		.describe('for a symlink, its target as written; for a hard link, the path whose content it shares'),
	device: z.string().optional().describe('for a device, major:minor'),
});

const carried =
	'bytes that the path carries: 0 for a hard link and for anything that is no file; of a folder that moved, those of all files in it';

/** The row of one path that differs. */
export const file = z.object({
	path: z.string().describe('without a leading slash; a byte that is not UTF-8 is written as \\xHH'),
	kind: z
		.enum(differenceKinds)
		.describe(
			'content: the content of a file, the target of a symlink or the number of a device differs; metadata: only fields differ; type: it is something else; moved: the same content was at the path `from`. A folder that moved is one row, and what is in it has no rows but where its metadata differs',
		),
	isDirectory: z.boolean().describe('of a path that is in both images, what it is in the new one'),
	oldBytes: bytes.nullable().describe(`${carried}; null where it is not there`),
	newBytes: bytes.nullable(),
	fields: z
		.array(z.enum(metadataFields))
		.describe('what differs in the metadata where the path is in both images, also beside another content'),
	from: text.describe('the path that it moved from; null for any other kind'),
	old: state
		.nullable()
		.describe('what the path is in the old image, for one that moved at `from`; null where it is not there'),
	new: state.nullable(),
});
