import { z } from 'zod';
import { configFields } from '../../../diff/compare-config.ts';
import { differenceKinds, metadataFields } from '../../../diff/listing/file-differences.ts';
import { causes } from '../../../diff/reproducible/causes.ts';
import { unknownFacts } from '../../../diff/unknown-facts.ts';
import { wasteCauses } from '../../../filetree/file-tree.ts';
import { entryKinds } from '../../../tar/changeset.ts';
import { bytes, count, layerIndex } from '../../json/row-schemas.ts';
import { forEach, jsonSchemaOf, notice, platform, ratio, text, texts, warning } from '../../json/schema.ts';
import { totalNames } from '../figure-deltas.ts';

/** Which parts of the document `--only` leaves out is said here once for all of them. */
const omitted = 'absent where --only leaves it out';

const image = z
	.object({
		reference: z.string().describe('the image as it was named on the command line'),
		source: z
			.string()
			.describe('what it was read from, such as docker-archive, oci-layout, registry or report'),
		foundIn: text.describe('the engine or registry that holds it, in words; null for a file'),
		names: texts.describe('tags or reference names, as written in the source'),
		platform: platform.nullable(),
		manifestDigest: text,
		configDigest: text,
		created: text.describe('RFC 3339, as written in the config'),
		withoutLayers: z
			.array(layerIndex)
			.readonly()
			.describe('the layers that are not there; every figure is without them'),
		warnings: z.array(warning).readonly(),
		notices: z.array(notice).readonly(),
	})
	.readonly();

const byteDelta = z.object({ old: bytes, new: bytes, delta: z.int().describe('new - old') }).readonly();
const ratioDelta = z.object({ old: ratio, new: ratio, delta: z.number().min(-1).max(1) }).readonly();

const differing = z.boolean().nullable().optional();

const layer = z
	.object({
		digest: text.describe('of the blob as stored'),
		diffId: text.describe('of the uncompressed layer, as the config says'),
		storedBytes: bytes,
		createdBy: text.describe('what the builder recorded of the instruction that made it'),
		instruction: text.describe('the instruction as its author wrote it, as far as createdBy tells'),
	})
	.readonly();

const alignedLayer = z
	.object({
		kind: z.enum(['shared', 'changed', 'inserted', 'removed']),
		oldIndex: layerIndex.nullable().describe('0-based; null for a layer that was inserted'),
		newIndex: layerIndex.nullable().describe('0-based; null for a layer that was removed'),
		reason: z
			.enum(['instruction', 'below', 'files'])
			.nullable()
			.describe(
				'why a layer changed. instruction: its instruction changed; below: its instruction is the same, and a layer below it is not; files: the same instruction on the same layers gave another result. null for all other kinds',
			),
		old: layer.nullable(),
		new: layer.nullable(),
	})
	.readonly();

const configValue = z.union([z.string(), texts]).nullable();

const configChange = z
	.object({
		field: z.enum(configFields),
		name: text.describe('the variable, label, port, volume or step; null for a field that is one value'),
		oldValue: configValue.describe('null where it is not set'),
		newValue: configValue.describe('null where it is not set'),
	})
	.readonly();

const strictLayer = z
	.object({
		oldIndex: layerIndex,
		newIndex: layerIndex,
		isCompared: z.boolean().describe('false where the source of an image cannot give the layer again'),
		entries: z
			.object({ old: count, new: count })
			.nullable()
			.describe('how many entries each tar has; null where they were not compared'),
		unseen: z
			.array(z.object({ cause: z.enum(causes), count }).readonly())
			.readonly()
			.describe('how many entries differ in what no file shows'),
	})
	.readonly();

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

const file = z.object({
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

const counts = z
	.object({ files: count.describe('everything but directories'), directories: count })
	.readonly();

/** The JSON report of a difference. The program writes it without this schema, which is for its readers and for the tests. */
export const differenceSchema = z
	.object({
		schemaVersion: z.literal(1),
		generator: z.object({ name: z.literal('fathom'), version: z.string() }),
		old: image,
		new: image,
		differs: z
			.object({
				files: differing.describe(
					'null where no file is known to differ, and some are not known to be equal',
				),
				layers: differing.describe('whether the diff IDs differ'),
				config: differing,
			})
			.readonly()
			.describe(`what --exit-code looks at; a part is ${omitted}`),
		selection: z
			.object({
				below: text.describe(
					'the folder that alone is reported, as text output shows it; null for all paths',
				),
				ignore: texts.describe('globs of paths that are left out'),
			})
			.readonly()
			.describe('which paths the rows, the counts and `differs.files` are about'),
		unknown: z
			.object({
				old: z.array(z.enum(unknownFacts)).readonly(),
				new: z.array(z.enum(unknownFacts)).readonly(),
			})
			.readonly()
			.describe('what a report of an older fathom does not say of an image, and so was not compared'),
		totals: forEach(totalNames, byteDelta).optional().describe(omitted),
		efficiency: ratioDelta
			.optional()
			.describe('live bytes divided by total bytes; 1 for an image with no bytes'),
		waste: z
			.object({ byCause: forEach(wasteCauses, byteDelta) })
			.optional()
			.describe(omitted),
		pull: z
			.object({
				layers: z
					.array(layerIndex)
					.readonly()
					.describe('layers of the new image that the old one does not have'),
				storedBytes: bytes.describe('their size as stored; a layer that is there twice counts once'),
				compression: z
					.enum(['all', 'some', 'none'])
					.describe(
						'which of them are compressed where the new image is stored; a registry compresses layers',
					),
			})
			.readonly()
			.optional()
			.describe(`what a host that has the old image pulls for the new one; ${omitted}`),
		layers: z.array(alignedLayer).optional().describe(`lowest first; ${omitted}`),
		strictLayers: z
			.array(strictLayer)
			.readonly()
			.optional()
			.describe('the layers that became others, with --strict'),
		config: z.array(configChange).readonly().optional().describe(omitted),
		counts: forEach(['added', 'removed', 'content', 'metadata', 'type'] as const, counts)
			.optional()
			.describe(`paths that differ; what moved is counted as added and removed; ${omitted}`),
		unknownContents: count
			.optional()
			.describe(
				'files that have one size in both images, and of which nothing tells whether they are equal, as with a saved report without digests',
			),
		files: z
			.array(file)
			.optional()
			.describe(`every path that differs, in the byte order of its components; ${omitted}`),
	})
	.meta({
		title: 'fathom difference',
		description: 'What differs between two container images. All bytes are exact.',
	});

export type JsonDifference = z.infer<typeof differenceSchema>;

/** The schema as JSON Schema 2020-12, published or closed, as that of the report of one image is. */
export function differenceJsonSchema(options: { readonly closed: boolean }): object {
	return jsonSchemaOf(differenceSchema, options);
}
