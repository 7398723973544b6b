import { z } from 'zod';
import { listedKinds } from '../../analysis/figures.ts';
import { wasteCauses } from '../../filetree/file-tree.ts';
import { copies, deleted, ledger, secrets } from './contents/content-schemas.ts';
import { findings } from './contents/finding-schema.ts';
import { packageRow, unownedRow } from './contents/package-schema.ts';
import { image, text, texts } from './image-schema.ts';
import { bytes, change, count, layerIndex, superseded, unchangedDirectory } from './row-schemas.ts';
import { verdictSchema } from './verdict-schema.ts';

export const ratio = z.number().min(0).max(1);

const changeCounts = z
	.object({ files: count.describe('everything but directories'), directories: count, bytes })
	.readonly();

const layer = z.object({
	index: layerIndex,
	digest: text.describe('of the blob as stored'),
	diffId: text.describe('of the uncompressed layer, as the config says'),
	diffIdMatches: z
		.boolean()
		.nullable()
		.describe(
			'whether the content has that diff ID; null if the config names none, or if the layer is too large to be checked by default',
		),
	mediaType: text,
	absent: z
		.object({ sizeBytes: bytes.nullable(), urls: texts })
		.readonly()
		.nullable()
		.describe(
			'for a layer that is kept elsewhere by design and is not there: the size and the locations of its blob, as the manifest states them',
		),
	createdBy: text.describe('what the builder recorded of the instruction that made it, as in the config'),
	instruction: text.describe(
		'the instruction as its author wrote it, as far as createdBy tells: without the shell and the build arguments before the command; a heredoc has several lines',
	),
	created: text,
	comment: text,
	storedBytes: bytes.describe('the blob as stored'),
	unpackedBytes: bytes.describe('the uncompressed tar, headers and padding included'),
	layerBytes: bytes.describe('the sum of the sizes of its regular files'),
	wastedBytes: bytes.describe(
		'bytes that are no longer visible because of this layer, whichever layer shipped them',
	),
	changeCounts: forEach(listedKinds, changeCounts),
	changes: z.array(change).describe('every changed path, in the byte order of its components'),
	unchangedDirectories: z
		.array(unchangedDirectory)
		.optional()
		.describe(
			'directories that the layer has an entry for and does not change, that have no entry any more, or that it removes although no layer had an entry for them; absent in older reports',
		),
	superseded: z
		.array(superseded)
		.optional()
		.describe(
			'entries whose place a later entry of the layer took, but for directories, in the order of the layer; absent in older reports',
		),
});

const wastedPath = z.object({
	path: z.string(),
	wastedBytes: bytes,
	copies: count.describe('how many copies are no longer visible'),
	causes: z.array(z.enum(wasteCauses)),
	shippedIn: z.array(layerIndex),
	culprits: z.array(layerIndex).describe('the layers because of which the copies are no longer visible'),
});

const layerWaste = z
	.object({ wastedBytes: bytes, layerBytes: bytes, wastedRatio: z.number().min(0) })
	.readonly();

export const notice = z.object({ code: z.string(), message: z.string() }).readonly();

export const warning = z
	.object({
		code: z.string(),
		layerIndex: layerIndex.nullable().describe('null for the image as a whole'),
		count,
		example: text.describe('the first thing that it is about, such as a path'),
		message: z.string(),
	})
	.readonly();

const baseImage = z
	.object({
		image: z.string().describe('its name, as the image says it, or its digest'),
		digest: z.string().nullable().describe('of its manifest or index'),
		layerCount: count,
		saidBy: z.enum(['provenance', 'annotation']).describe('what names it; an annotation may also be a label'),
		foundIn: z.string(),
		newer: z
			.object({ digest: z.string().nullable().describe('of its manifest or index'), foundIn: z.string() })
			.readonly()
			.nullable()
			.describe('the image that has its name now; null where that is the same, or is not known'),
	})
	.readonly();

/** The JSON report. The program writes it without this schema, which is for its readers and for the tests. */
export const reportSchema = z
	.object({
		schemaVersion: z.literal(1),
		generator: z.object({ name: z.literal('fathom'), version: z.string() }),
		image,
		withoutLayers: z
			.array(layerIndex)
			.readonly()
			.describe('the layers that are not there; every figure is without them'),
		totals: z.object({
			storedBytes: bytes.describe('all layers as stored, compressed or not'),
			unpackedBytes: bytes.describe('all layers uncompressed, headers and padding included'),
			totalBytes: bytes.describe('the sum of the layer bytes'),
			liveBytes: bytes.describe('content that is visible in the final file system'),
			wastedBytes: bytes.describe('totalBytes - liveBytes'),
		}),
		efficiency: ratio.describe('liveBytes / totalBytes; 1 for an image with no bytes'),
		base: z
			.object({
				layerCount: count,
				origin: z
					.enum(['named', 'provenance', 'annotation', 'first-layer', 'none'])
					.describe(
						'what says so: --base, the provenance, an annotation or a label, or nothing; none where there is no base',
					),
				image: z.string().optional().describe('the image that is the base, if one is known'),
				images: z
					.array(baseImage)
					.readonly()
					.optional()
					.describe('the images that were found to be the base or below it, the topmost first'),
			})
			.readonly()
			.describe('how many of the lowest layers are the base image, and what says so'),
		baseLayers: layerWaste.describe('the bytes that the layers of the base waste, and those that they ship'),
		addedLayers: layerWaste.describe(
			'the bytes that the layers above the base waste, and those that they ship',
		),
		waste: z.object({
			byCause: forEach(wasteCauses, bytes),
			byCulprit: z.array(z.object({ layerIndex, wastedBytes: bytes })),
		}),
		finalFileSystem: z
			.object({ files: count, hardLinks: count, symlinks: count, directories: count, special: count })
			.readonly(),
		dive: z
			.object({ efficiency: z.number(), wastedBytes: bytes, userWastedRatio: z.number().nullable() })
			.readonly()
			.describe('the figures of dive 0.13, which are defined differently'),
		verdict: verdictSchema.optional().describe('of fathom ci, what the rules say'),
		warnings: z.array(warning).readonly(),
		notices: z.array(notice).readonly(),
		wastedPaths: z.array(wastedPath).describe('every path that carried wasted bytes, most bytes first'),
		layers: z.array(layer).describe('lowest first'),
		findings: findings.optional(),
		packages: z
			.array(packageRow)
			.optional()
			.describe('whose the live bytes are, most bytes first; with --only packages'),
		unowned: z
			.array(unownedRow)
			.optional()
			.describe('files that no package owns, by the folder in the root that they are in'),
		packagesNotReadInLayers: z
			.array(layerIndex)
			.readonly()
			.optional()
			.describe('layers whose contents were not read, so that packages in them are not known'),
		copies: copies.optional(),
		deleted: deleted.optional(),
		secrets: secrets.optional(),
		secretsNotReadInLayers: z
			.array(layerIndex)
			.readonly()
			.optional()
			.describe('layers whose contents were not read, so that secrets in them are not known'),
		ledger: ledger.optional(),
	})
	.meta({
		title: 'fathom report',
		description: 'What is in a container image, layer by layer. All bytes are exact.',
	});

export type JsonReport = z.infer<typeof reportSchema>;

const part = true;

/** The same where `--only` asks for some parts alone. */
const partialSchema = reportSchema
	.partial({
		totals: part,
		efficiency: part,
		base: part,
		baseLayers: part,
		addedLayers: part,
		waste: part,
		finalFileSystem: part,
		dive: part,
		wastedPaths: part,
		layers: part,
	})
	.extend({
		layers: z
			.array(layer.partial({ changes: part }))
			.optional()
			.describe('lowest first'),
	});

/**
 * The schema as JSON Schema 2020-12. The published one allows members that it does not name, because an addition does not change
 * `schemaVersion`. The closed one allows none, so that a test finds a member that the schema lacks.
 */
export function reportJsonSchema(options: { readonly closed: boolean }): object {
	return jsonSchemaOf(partialSchema, options);
}

/** The JSON Schema of a document, published or closed. */
export function jsonSchemaOf(schema: z.ZodType, { closed }: { readonly closed: boolean }): object {
	return z.toJSONSchema(schema, {
		target: 'draft-2020-12',
		io: closed ? 'output' : 'input',
		// `readonly` is about our own types, not about the document.
		override: ({ jsonSchema }) => {
			delete jsonSchema.readOnly;
		},
	});
}

/** An object with a member for each key. */
export function forEach<Key extends string, Value extends z.ZodType>(keys: readonly Key[], value: Value) {
	const shape = Object.fromEntries(keys.map((key) => [key, value])) as Record<Key, Value>;
	return z.object(shape).readonly();
}
