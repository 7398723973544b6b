import assert from 'node:assert/strict';
import type { JsonReport } from '../../../source/report/json/schema.ts';

type ReportedFinding = NonNullable<JsonReport['findings']>['list'][number];

/**
 * The Dockerfile, of instructions with a line each, with the line that a finding advises. What a joined `RUN` or a flag of `COPY` does by then is
 * left out: the instruction of the layer that wasted the bytes.
 */
export function applyEdit(
	dockerfile: string,
	{ edit, wastedIn }: ReportedFinding,
	{ image: { history } }: JsonReport,
): string {
	assert.ok(edit !== null);
	const wasting = history.find(
		({ layerIndex }) => layerIndex !== null && layerIndex === wastedIn,
	)?.instruction;
	const lines = dockerfile.split('\n');
	assert.equal(lines.filter((line) => line === edit.from).length, 1, edit.from);
	assert.ok(wasting === undefined || wasting === null || lines.includes(wasting), wasting ?? '');
	return lines
		.filter((line) => line !== wasting)
		.map((line) => (line === edit.from ? edit.to : line))
		.join('\n');
}
