import { z } from 'zod';
import { changeKinds } from '../../filetree/file-tree.ts';
import { bytes, change, layerIndex } from '../json/row-schemas.ts';
import { jsonSchemaOf } from '../json/schema.ts';

/** A line of `fathom files --format ndjson`. */
export const fileRowSchema = change
	.pick({
		path: true,
		type: true,
		sizeBytes: true,
		mode: true,
		uid: true,
		gid: true,
		mtime: true,
		linkTarget: true,
		device: true,
	})
	.extend({
		kind: z
			.enum(changeKinds.filter((kind) => kind !== 'absent'))
			.describe(
				'what layer `layerIndex` did to the path; unchanged for a directory that no layer has an entry for',
			),
		layerIndex: layerIndex.describe(
			'0-based, lowest layer first: the layer because of which the path is as it is; with --changes, the layer whose change it is',
		),
		contentBytes: bytes.describe(
			'the bytes to read at the path: as sizeBytes, but for a hard link those of the file that it is a name of',
		),
	})
	.meta({
		title: 'fathom files',
		description: 'A path of a container image: one line of the output of fathom files --format ndjson.',
	});

/** The schema as JSON Schema 2020-12, published or closed. */
export function fileRowJsonSchema(options: { readonly closed: boolean }): object {
	return jsonSchemaOf(fileRowSchema, options);
}
