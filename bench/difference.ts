import { join } from 'node:path';
import { type BenchContext, fathom, megabytes, PLAIN_PARTS, type Row, ratio, seconds } from './context.ts';
import { type Command, type Measurement, measureInTurn, type Run, runOnce } from './measure.ts';
import { pairArchives } from './synthetic/pair-archives.ts';
import { syntheticPair } from './synthetic/synthetic-pair.ts';

/** The parts of a difference that read no contents but to compare them. */
const PLAIN_DIFFERENCE = 'files,layers,config';

/** Two images of 3.4 GB and 150,000 entries each, which share all layers but two, compared; beside opening one of them. */
export async function measureDifference(context: BenchContext): Promise<readonly Row[]> {
	const { rounds, scratch } = context;
	const path = syntheticPair({ entries: 150_000, sizeFactor: 36 });
	const commands = {
		one: fathom('report', path, '--image', 'old', '--only', PLAIN_PARTS, '--format', 'text'),
		both: fathom('diff', path, path, '--image', 'old', '--image', 'new', '--only', PLAIN_DIFFERENCE),
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
		...(await measureBesidePeers(context)),
	];
}

/** Two images of as many small files, as archives that other tools read too. */
async function measureBesidePeers({ rounds, scratch, peers }: BenchContext): Promise<readonly Row[]> {
	const theirs = (['diffoci', 'container-diff'] as const).filter((name) => peers[name] !== null);
	if (theirs.length === 0) return [];
	const archives = pairArchives(syntheticPair({ entries: 150_000, sizeFactor: 1 }));
	const { ours } = await measureInTurn({ ours: fathom('diff', archives.old, archives.new) }, rounds);
	const rows: Row[] = [
		{ what: 'archives with 150,000 small files each to their difference', ...measured(ours) },
	];
	for (const name of theirs) {
		const command = peers[name]?.(archives, scratch);
		if (command === undefined) continue;
		const peer = await runOnce(command);
		rows.push({ what: name, ...measured(peer) });
		rows.push({ what: `of ${name}`, value: ratio(ours.seconds, peer.seconds), goal: null });
	}
	return rows;
}

function measured(run: Run): Pick<Row, 'value' | 'goal'> {
	return { value: `${seconds(run.seconds)}, ${megabytes(run.peakBytes)}`, goal: null };
}

function rowsOf({ one, both }: Readonly<Record<'one' | 'both', Measurement>>, goal: string): readonly Row[] {
	return [
		{ what: 'of the time for one', value: ratio(both.seconds, one.seconds), goal },
		{ what: 'peak memory', value: megabytes(both.peakBytes), goal: null },
		{ what: 'of the memory for one', value: ratio(both.peakBytes, one.peakBytes), goal: '1.50x' },
	];
}
