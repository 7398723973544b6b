import { join } from 'node:path';
import { type BenchContext, fathom, megabytes, type Row, ratio, seconds } from './context.ts';
import { type Command, type Measurement, measureInTurn, runOnce } from './measure.ts';
import { syntheticPair } from './synthetic-pair.ts';

/** Two images of 3.4 GB and 150,000 entries each, which share all layers but two, compared; beside opening one of them. */
export async function measureDifference({ rounds, scratch }: BenchContext): Promise<readonly Row[]> {
	const path = syntheticPair({ entries: 150_000, sizeFactor: 36 });
	const commands = {
		one: fathom('report', path, '--image', 'old', '--format', 'text'),
		both: fathom('diff', path, path, '--image', 'old', '--image', 'new'),
	};
	const cold = await measureInTurn(commands, rounds);
	const env = { FATHOM_CACHE: 'on', FATHOM_CACHE_DIR: join(scratch, 'cache') };
	const known: Record<keyof typeof commands, Command> = {
		one: { ...commands.one, env },
		both: { ...commands.both, env },
	};
	for (const command of Object.values(known)) await runOnce(command);
	const warm = await measureInTurn(known, rounds);
	return [
		{ what: 'one of two large images to the text report', value: seconds(cold.one.seconds), goal: null },
		{ what: 'both to their difference', value: seconds(cold.both.seconds), goal: null },
		...rowsOf(cold, '1.30x'),
		{ what: 'one of them, out of the cache', value: seconds(warm.one.seconds), goal: null },
		{ what: 'both to their difference, out of the cache', value: seconds(warm.both.seconds), goal: null },
		...rowsOf(warm, '1.50x'),
	];
}

function rowsOf({ one, both }: Readonly<Record<'one' | 'both', Measurement>>, goal: string): readonly Row[] {
	return [
		{ what: 'of the time for one', value: ratio(both.seconds, one.seconds), goal },
		{ what: 'peak memory', value: megabytes(both.peakBytes), goal: null },
		{ what: 'of the memory for one', value: ratio(both.peakBytes, one.peakBytes), goal: '1.50x' },
	];
}
