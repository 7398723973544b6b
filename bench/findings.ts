import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findFindings } from '../source/analysis/findings/find-findings.ts';
import { openImage } from '../source/session/open-image.ts';
import { finish } from '../source/steps.ts';
import { type BenchContext, type Row, ratio, reportTo, seconds } from './context.ts';
import { measureInTurn, median } from './measure.ts';

/** What the findings that need no contents take, which every `fathom ci` looks for, beside the JSON report. */
export async function measureFindings({ images, rounds, scratch }: BenchContext): Promise<readonly Row[]> {
	const image = images === null ? null : join(images, 'big.tar');
	if (image === null || !existsSync(image)) return [];
	const { report } = await measureInTurn({ report: reportTo(scratch, image) }, rounds);
	const own = median(await timesOf(image, rounds));
	return [
		{ what: 'big.tar: findings without contents', value: seconds(own), goal: null },
		{ what: 'of the JSON report', value: ratio(own, report.seconds), goal: '0.05x' },
	];
}

async function timesOf(reference: string, rounds: number): Promise<readonly number[]> {
	const opening = openImage({ reference }, {});
	try {
		const { tree, figures, image, recorded } = await opening.complete;
		const input = {
			tree,
			description: image.description,
			recorded,
			base: figures.base,
			packages: null,
			executables: null,
		};
		return Array.from({ length: rounds }, () => {
			const start = performance.now();
			finish(findFindings(input));
			return (performance.now() - start) / 1000;
		});
	} finally {
		await opening.close();
	}
}
