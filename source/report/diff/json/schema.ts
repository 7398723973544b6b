import { z } from 'zod';
import { configFields } from '../../../diff/compare-config.ts';
import { causes } from '../../../diff/reproducible/causes.ts';
import { unknownFacts } from '../../../diff/unknown-facts.ts';
import { wasteCauses } from '../../../filetree/file-tree.ts';
import { platform, text, texts } from '../../json/image-schema.ts';
import { bytes, count, layerIndex } from '../../json/row-schemas.ts';
import { forEach, jsonSchemaOf, notice, ratio, warning } from '../../json/schema.ts';
import { totalNames } from '../figure-deltas.ts';
import { file } from './file-schema.ts';
import { findingChange } from './finding-schema.ts';
import { packageChange, packageCounts, unreadLayers } from './package-schema.ts';

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
				packages: differing.describe(
					'null where they are not known; --exit-code looks at them where files are not reported',
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
		findings: z
			.array(findingChange)
			.optional()
			.describe(
				`the findings that need no contents and are new, gone or grown; absent where a side is a saved report; ${omitted}`,
			),
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
		packageCounts: packageCounts.nullable().optional().describe(`null where they are not known; ${omitted}`),
		packagesNotReadInLayers: unreadLayers
			.nullable()
			.optional()
			.describe(`the layers whose contents were not read, so that packages there are not known; ${omitted}`),
		packages: z
			.array(packageChange)
			.nullable()
			.optional()
			.describe(
				`the packages that differ, the greatest change of bytes first; null where a saved report does not have them; ${omitted}`,
			),
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
