import { z } from 'zod';

const bytes = z.int().min(0);
const text = z.string().nullable();
const layerIndex = z.int().min(0);
const amount = z.number().nullable();
const unit = z.enum(['ratio', 'percent', 'points', 'bytes', 'count']);
const level = z.enum(['fail', 'warn']);

const subject = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('image') }).readonly(),
	z.object({ kind: z.literal('layer'), layerIndex }).readonly(),
	z.object({ kind: z.literal('path'), path: z.string() }).readonly(),
	z
		.object({
			kind: z.literal('pattern'),
			pattern: text.describe('null where the rule has no patterns'),
			count: z.int().min(0).describe('how many paths, packages or secrets match'),
			examples: z
				.array(
					z.object({ name: z.string(), bytes: bytes.nullable(), detail: z.string().optional() }).readonly(),
				)
				.readonly()
				.describe('some of them, at most five: the first paths, or of a budget the greatest'),
		})
		.readonly(),
	z.object({ kind: z.literal('finding'), code: z.string(), layerIndex: layerIndex.nullable() }).readonly(),
]);

const finding = z
	.object({ what: z.string(), where: subject, value: amount, limit: z.number(), unit, level })
	.readonly();

const rule = z
	.object({
		key: z.string().describe('the name of the rule, as in fathom.yaml'),
		measure: z
			.enum(['bytes', 'percent', 'stored', 'unpacked', 'live'])
			.nullable()
			.describe('the part of the limit that this is about; null for a limit of one part'),
		pattern: text.optional().describe('the glob that this is about; null for a rule without globs'),
		unit: unit.describe(
			'what value and limit are: ratios from 0 to 1, percentage points, bytes, or how many there are',
		),
		value: amount.describe('null where it is not known, and for a percentage of nothing'),
		limit: amount.describe('null for a rule that is off'),
		level: level.describe('whether the image fails when the rule does not hold'),
		reason: text.describe('why the rule is there, as fathom.yaml says'),
		ignore: z
			.array(z.string())
			.readonly()
			.describe('the globs of what the rule does not count, as fathom.yaml says'),
		chosen: z
			.array(z.string())
			.readonly()
			.nullable()
			.describe('the codes and levels of the findings that the rule is about; null for any other rule'),
		outcome: z.enum(['fail', 'warn', 'not-judged', 'pass', 'off']),
		uncompressed: z.boolean().describe('whether value counts stored bytes of uncompressed layers'),
		obstacle: text.describe('why the value cannot be held against a limit'),
		findings: z.array(finding).readonly().describe('what breaks the limit'),
	})
	.readonly();

const baseline = z
	.object({
		name: z.string().describe('the baseline as it was named'),
		isUsed: z.boolean(),
		warnings: z.array(z.string()).readonly(),
		totals: z
			.object({
				storedBytes: bytes.nullable(),
				unpackedBytes: bytes.nullable(),
				liveBytes: bytes.nullable(),
				wastedBytes: bytes.nullable(),
			})
			.readonly()
			.nullable(),
		newLayers: z
			.array(
				z.object({ layerIndex, reason: z.enum(['inserted', 'instruction', 'below', 'files']) }).readonly(),
			)
			.readonly()
			.nullable()
			.describe('the layers of this image that the baseline does not have, and why'),
		grownPaths: z
			.array(z.object({ path: z.string(), oldBytes: bytes.nullable(), newBytes: bytes }).readonly())
			.readonly()
			.nullable()
			.describe('the paths that grew most, at most ten; oldBytes is null for a path that was not there'),
	})
	.readonly();

/** The verdict of `fathom ci`, in its report. */
export const verdictSchema = z
	.object({
		passed: z.boolean(),
		baseline: baseline.nullable().describe('null where none was named'),
		rules: z.array(rule).readonly().describe('each rule, once for each part of its limit'),
	})
	.readonly();

export type JsonVerdict = z.infer<typeof verdictSchema>;
