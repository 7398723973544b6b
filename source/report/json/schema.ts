import { z } from 'zod';
import { listedKinds } from '../../analysis/figures.ts';
import { wasteCauses } from '../../filetree/file-tree.ts';
import { bytes, change, count, layerIndex, superseded, unchangedDirectory } from './row-schemas.ts';
import { verdictSchema } from './verdict-schema.ts';

export const ratio = z.number().min(0).max(1);
export const text = z.string().nullable();
export const texts = z.array(z.string()).readonly();
export { bytes, count, layerIndex };

const textRecord = z.record(z.string(), z.string()).readonly();

export const platform = z.object({ os: z.string(), architecture: z.string(), variant: text }).readonly();

const seconds = z.number().min(0).nullable();

const healthcheck = z
	.object({
		test: texts.nullable().describe('NONE, or CMD and its words, or CMD-SHELL and a text for the shell'),
		intervalSeconds: seconds,
		timeoutSeconds: seconds,
		startPeriodSeconds: seconds,
		startIntervalSeconds: seconds,
		retries: count.nullable(),
	})
	.readonly();

const image = z
	.object({
		reference: z.string().describe('the image as it was named on the command line'),
		source: z.string().describe('what it was read from, such as docker-archive, oci-layout or registry'),
		foundIn: text.describe('the engine or registry that holds it, in words; null for a file'),
		names: texts.describe('tags or reference names, as written in the source'),
		platform: platform.nullable(),
		manifestDigest: text,
		configDigest: text,
		created: text.describe('RFC 3339, as written in the config'),
		author: text,
		annotations: textRecord.describe('annotations of the manifest'),
		config: z
			.object({
				user: text,
				exposedPorts: texts,
				env: texts,
				entrypoint: texts.nullable(),
				cmd: texts.nullable(),
				volumes: texts,
				workingDir: text,
				labels: textRecord,
				stopSignal: text,
				healthcheck: healthcheck
					.nullable()
					.optional()
					.describe('null where the image has none of its own; absent in older reports'),
				shell: texts.nullable().optional().describe('absent in older reports'),
				onBuild: texts
					.optional()
					.describe('instructions for the images that are built on this one; absent in older reports'),
			})
			.readonly(),
		history: z
			.array(
				z
					.object({
						createdBy: text,
						instruction: text,
						created: text,
						comment: text,
						author: text,
						layerIndex: layerIndex.nullable(),
					})
					.readonly(),
			)
			.readonly()
			.describe('all steps of the build, oldest first; layerIndex is null for a step that made no layer'),
	})
	.readonly();

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
				origin: z.enum(['named', 'annotation', 'first-layer']),
				image: z.string().optional().describe('the image that --base names, if it names one'),
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
	})
	.meta({
		title: 'fathom report',
		description: 'What is in a container image, layer by layer. All bytes are exact.',
	});

export type JsonReport = z.infer<typeof reportSchema>;

/**
 * The schema as JSON Schema 2020-12. The published one allows members that it does not name, because an addition does not change
 * `schemaVersion`. The closed one allows none, so that a test finds a member that the schema lacks.
 */
export function reportJsonSchema(options: { readonly closed: boolean }): object {
	return jsonSchemaOf(reportSchema, options);
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
