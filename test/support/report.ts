import assert from 'node:assert/strict';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { jsonReporter } from '../../source/report/json/report.ts';
import { type JsonReport, reportJsonSchema } from '../../source/report/json/schema.ts';
import type { Reportable, Reporter, ReportOptions } from '../../source/report/reporter.ts';
import { textReporter } from '../../source/report/text/report.ts';
import type { ImageSession } from '../../source/session/image-session.ts';
import { plain } from '../../source/text/paint.ts';

const options: ReportOptions = { version: '1.2.3', width: null, paint: plain, isLog: true, digests: false };

const ajv = new Ajv2020({ strict: true });
const validators = [false, true].map((closed) => ajv.compile(reportJsonSchema({ closed })));

/** The JSON report of an image, read back. Every report that a test reads is held against the schema. */
export async function jsonReportOf(loaded: Reportable): Promise<JsonReport> {
	return parseReport(await jsonTextOf(loaded));
}

export function parseReport(text: string): JsonReport {
	const report: JsonReport = JSON.parse(text);
	for (const validate of validators) {
		assert.equal(validate(report), true, `Against the schema: ${JSON.stringify(validate.errors)}`);
	}
	return report;
}

/** The JSON report of an image as it is written. */
export function jsonTextOf(loaded: Reportable, given: Partial<ReportOptions> = {}): Promise<string> {
	return write(jsonReporter, loaded, { ...options, ...given });
}

/** The text report of an image, plain, laid out for a terminal of that many columns or for none. */
export function textReportOf(loaded: Reportable, width: number | null): Promise<string> {
	return write(textReporter, loaded, { ...options, width });
}

async function write(reporter: Reporter, loaded: Reportable, given: ReportOptions): Promise<string> {
	const chunks: Buffer[] = [];
	const sink = {
		write: async (bytes: Uint8Array) => {
			chunks.push(Buffer.from(bytes));
		},
	};
	await reporter.write(loaded, sink, given);
	return Buffer.concat(chunks).toString('utf8');
}

/** The image as if other things were said of it. */
export function withFacts(session: ImageSession, facts: Partial<Reportable['image']>): Reportable {
	const { image, tree, figures, contents, details } = session;
	const ask: Reportable['ask'] = (names, signal) => session.ask(names, signal);
	return { image: { ...image, ...facts }, tree, figures, contents, details, ask };
}
