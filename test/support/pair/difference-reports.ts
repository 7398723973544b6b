import assert from 'node:assert/strict';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { differenceParts } from '../../../source/diff/differing-parts.ts';
import { rankDifferences } from '../../../source/diff/listing/rank-differences.ts';
import { type Selection, selectDifferences } from '../../../source/diff/listing/select-differences.ts';
import type { DifferenceOptions, DifferenceReporter } from '../../../source/report/diff/compared.ts';
import { jsonDifferenceReporter } from '../../../source/report/diff/json/report.ts';
import { differenceJsonSchema, type JsonDifference } from '../../../source/report/diff/json/schema.ts';
import { markdownDifferenceReporter } from '../../../source/report/diff/markdown/report.ts';
import { textDifferenceReporter } from '../../../source/report/diff/text/report.ts';
import { finish } from '../../../source/steps.ts';
import { plain } from '../../../source/text/paint.ts';
import type { ComparedImages } from './compare-archived.ts';

const defaults: DifferenceOptions = {
	version: '1.2.3',
	width: null,
	paint: plain,
	isLog: true,
	digests: false,
	parts: new Set(differenceParts),
	isFull: false,
	selection: { below: null, ignore: [] },
};

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
const validators = [false, true].map((closed) => ajv.compile(differenceJsonSchema({ closed })));

export type Given = Partial<DifferenceOptions>;

/** The text report of a difference, in full lines unless a width is given. */
export function textDifferenceOf(compared: ComparedImages, given: Given = {}): Promise<string> {
	return write(textDifferenceReporter, compared, given);
}

export function markdownDifferenceOf(compared: ComparedImages, given: Given = {}): Promise<string> {
	return write(markdownDifferenceReporter, compared, given);
}

/** The JSON report of a difference, held against the schema. */
export async function jsonDifferenceOf(compared: ComparedImages, given: Given = {}): Promise<JsonDifference> {
	return parseDifference(await write(jsonDifferenceReporter, compared, given));
}

export function parseDifference(text: string): JsonDifference {
	const difference: JsonDifference = JSON.parse(text);
	for (const validate of validators)
		assert.equal(validate(difference), true, `Against the schema: ${JSON.stringify(validate.errors)}`);
	return difference;
}

/** The images with the selected paths alone. */
export function selected(
	{ difference, ...rest }: ComparedImages,
	selection: Partial<Selection>,
): ComparedImages {
	const files = finish(selectDifferences(difference, { ignore: [], below: null, ...selection }));
	return { ...rest, difference: { ...difference, files } };
}

async function write(
	{ greatestCount, write }: DifferenceReporter,
	{ images, difference, packages: compared }: ComparedImages,
	given: Given,
): Promise<string> {
	const options = { ...defaults, ...given };
	const packages = options.parts.has('packages') ? compared : null;
	const greatest = finish(
		rankDifferences(difference, { most: greatestCount(options), foldsFolders: !options.isFull }),
	);
	const chunks: Buffer[] = [];
	const sink = {
		write: async (bytes: Uint8Array) => {
			chunks.push(Buffer.from(bytes));
		},
	};
	await write({ images, difference, packages, greatest, findings: null }, sink, options);
	return Buffer.concat(chunks).toString('utf8');
}
