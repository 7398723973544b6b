import { z } from 'zod';
import { configFields } from '../../../diff/compare-config.ts';
import { causes } from '../../../diff/reproducible/causes.ts';
import { text, texts } from '../../json/image-schema.ts';
import { bytes, count, layerIndex } from '../../json/row-schemas.ts';
import { jsonSchemaOf } from '../../json/schema.ts';

const side = z.enum(['old', 'new']);
const isEqual = z
	.boolean()
	.nullable()
	.describe('whether the digests are equal; null where one of the images has no such document');

const image = z
	.object({
		reference: z.string().describe('the image as it was named on the command line'),
		names: texts.describe('tags or reference names, which no digest depends on'),
		manifestDigest: text,
		configDigest: text,
		layerCount: count,
	})
	.readonly();

const manifestChange = z
	.object({
		kind: z.enum(['annotation', 'media-type', 'layer-count']),
		name: text.describe('of an annotation'),
		layerIndex: layerIndex.nullable().describe('of a media type'),
		old: z.union([z.string(), count]).nullable(),
		new: z.union([z.string(), count]).nullable(),
	})
	.readonly();

const configValue = z.union([z.string(), texts, count]).nullable();

const configChange = z
	.object({
		kind: z
			.enum(['field', 'history-length', 'history', 'diff-ids'])
			.describe('history: in a step that both have; history-length: how many steps there are'),
		field: z
			.enum([...configFields, 'created_by', 'comment', 'empty_layer'])
			.nullable()
			.describe('of the config, or of a step of the history'),
		name: text.describe('the variable, label, port or volume; null for a field that is one value'),
		step: count.nullable().describe('of the history, counted from 0'),
		layers: z.array(layerIndex).readonly().nullable().describe('those whose diff IDs differ'),
		old: configValue.describe('null where it is not set'),
		new: configValue.describe('null where it is not set'),
	})
	.readonly();

const field = z
	.object({
		field: z.string().describe('as the text report names it, such as mtime or PAX record path'),
		old: z.union([z.string(), z.number()]).nullable().describe('null where it is not there'),
		new: z.union([z.string(), z.number()]).nullable().describe('null where it is not there'),
	})
	.readonly();

const place = z
	.object({
		offset: count.describe(
			'of the first byte that differs, from 0; the length of the shorter one where that ends',
		),
		shownFrom: count.describe('of the first byte that is shown'),
		old: z
			.string()
			.regex(/^(?:[0-9a-f]{2})*$/)
			.describe('up to 16 bytes around the first one that differs, hexadecimal'),
		new: z.string().regex(/^(?:[0-9a-f]{2})*$/),
	})
	.readonly();

const firstDifference = z
	.object({
		kind: z
			.enum(['entry', 'order', 'only', 'end', 'compression', 'gzip-header', 'compressed-data'])
			.describe(
				'entry: in an entry of both tars; order: the same entry in another place; only: an entry of one tar alone; end: behind the last entry; the others: in blobs of equal tars',
			),
		causes: z
			.array(z.enum(causes))
			.readonly()
			.describe('why the tars differ there; empty where they are equal'),
		path: text.describe('of the entry, as written in the tar; a byte that is not UTF-8 is written as \\xHH'),
		oldEntry: count
			.nullable()
			.describe('where the entry is in the old tar, from 0; null where it is not there'),
		newEntry: count.nullable(),
		fields: z.array(field).readonly().describe('of the headers of the entry, or of the gzip header'),
		content: place
			.nullable()
			.describe('in the content of the entry, in what is behind the last entry, or in the compressed data'),
		padding: place.nullable().describe('in what fills the last block of the entry'),
		oldBytes: bytes.nullable().describe('of what `content` is a place in'),
		newBytes: bytes.nullable(),
	})
	.readonly();

const layer = z
	.object({
		layerIndex,
		kind: z
			.enum(['tar', 'compression', 'only', 'not-readable', 'absent'])
			.describe(
				'compression: the tars are equal, and the blobs are not; only: one image alone has the layer; not-readable, absent: one image cannot give its content, or has it elsewhere by design',
			),
		side: side.nullable().describe('which image that is'),
		old: z.object({ digest: text, diffId: text, instruction: text }).readonly(),
		new: z.object({ digest: text, diffId: text, instruction: text }).readonly(),
		firstDifference: firstDifference.nullable(),
		more: z
			.array(z.object({ cause: z.enum(causes), count }).readonly())
			.readonly()
			.describe('how many entries differ besides, by cause'),
	})
	.readonly();

/** The check whether two builds are the same, as a value. `schema/reproducibility.schema.json` is made from it. */
const reproducibilitySchema = z
	.object({
		schemaVersion: z.literal(1),
		generator: z.object({ name: z.literal('fathom'), version: z.string() }).readonly(),
		equal: z.boolean().describe('whether nothing differs but names'),
		old: image,
		new: image,
		manifest: z.object({ equal: isEqual, changes: z.array(manifestChange).readonly() }).readonly(),
		config: z.object({ equal: isEqual, changes: z.array(configChange).readonly() }).readonly(),
		layer: layer.nullable().describe('the lowest layer that differs; null where none does'),
		otherLayers: z.array(layerIndex).readonly().describe('layers above that one which differ too'),
		unpacked: z
			.array(z.object({ layerIndex, side }).readonly())
			.readonly()
			.describe('layers whose compression was not compared, because one image has them uncompressed'),
	})
	.meta({
		title: 'fathom reproducibility',
		description:
			'Whether two builds that should be the same are, and what differs first. Layers are counted from 0.',
	});

export type JsonReproducibility = z.infer<typeof reproducibilitySchema>;

/** The schema as JSON Schema 2020-12, published or closed. */
export function reproducibilityJsonSchema(options: { readonly closed: boolean }): object {
	return jsonSchemaOf(reproducibilitySchema, options);
}
