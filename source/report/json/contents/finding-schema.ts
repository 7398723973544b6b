import { z } from 'zod';
import { explanations, type FindingCode } from '../../../analysis/findings/explanations/explanations.ts';
import { findingLevels } from '../../../analysis/findings/finding-level.ts';
import { bytes, count, layerIndex } from '../row-schemas.ts';

const code = z.enum(explanations.map((explanation): FindingCode => explanation.code));
const layer = layerIndex.nullable();

const finding = z
	.object({
		code: code.describe('what is found; `fathom explain CODE` says more'),
		level: z.enum(findingLevels),
		title: z.string().describe('for people; layers are counted from 1 there'),
		bytes: bytes.describe('what it is about'),
		savedBytes: bytes.describe('what fixing it saves beside the greater findings: no byte is saved by two'),
		sharedWith: z.array(code).readonly().describe('the findings that save the rest of its bytes'),
		shippedIn: layer.describe('the layer that ships the bytes'),
		wastedIn: layer.describe('the layer that wastes them or is to blame'),
		isOfBase: z.boolean().describe('whether the base alone is to blame'),
		places: z
			.array(z.object({ path: z.string(), files: count, bytes }).readonly())
			.readonly()
			.describe(
				'the files that it is about, or the deepest folders that cover them, most bytes first; at most 10,000',
			),
		advice: z.string(),
		edit: z
			.object({ from: z.string(), to: z.string() })
			.readonly()
			.nullable()
			.describe('an instruction as it is, and as it should be; null where no line of a Dockerfile is known'),
		acceptedBecause: z
			.string()
			.nullable()
			.describe('why fathom.yaml accepts it, so that it does not count; null where it does not'),
	})
	.readonly();

/** The member `findings` of a report. */
export const findings = z
	.object({
		withContents: z.boolean().describe('whether contents of files were read for the findings that need them'),
		notReadInLayers: z
			.array(layerIndex)
			.readonly()
			.describe(
				'layers whose contents were to be read and were not, so that findings of them may be missing',
			),
		totalBytes: bytes.describe('the sum of the layer bytes, as in totals'),
		savedBytes: bytes.describe(
			'what fixing all findings of level waste and hint saves that are not accepted',
		),
		savedInBaseBytes: bytes.describe('what of savedBytes the base alone is to blame for'),
		fixedBytes: bytes.describe('totalBytes - savedBytes'),
		list: z.array(finding).describe('greatest saving first'),
	})
	.describe('why bytes are there, and what to do about it');

export type JsonFinding = z.infer<typeof finding>;
