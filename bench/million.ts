import { type BenchContext, megabytes, type Row, ratio, reportTo, seconds } from './context.ts';
import { measureInTurn } from './measure.ts';
import { syntheticArchive } from './synthetic/synthetic-archive.ts';

/** A million entries over 40 layers to the full JSON report, and a quarter of that to see how time and memory grow. */
export async function measureMillion({ rounds, scratch }: BenchContext): Promise<readonly Row[]> {
	const { quarter, whole } = await measureInTurn(
		{
			quarter: reportTo(scratch, syntheticArchive(250_000)),
			whole: reportTo(scratch, syntheticArchive(1_000_000)),
		},
		rounds,
	);
	return [
		{ what: '250,000 entries to the JSON report', value: seconds(quarter.seconds), goal: null },
		{ what: 'peak memory', value: megabytes(quarter.peakBytes), goal: null },
		{ what: '1,000,000 entries to the JSON report', value: seconds(whole.seconds), goal: null },
		{ what: 'peak memory', value: megabytes(whole.peakBytes), goal: '400 MB' },
		{ what: 'time, of that for 250,000', value: ratio(whole.seconds, quarter.seconds), goal: '4.00x' },
		{
			what: 'peak memory, of that for 250,000',
			value: ratio(whole.peakBytes, quarter.peakBytes),
			goal: '4.00x',
		},
	];
}
