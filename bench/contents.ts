import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type BenchContext, benchScript, megabytes, type Row, ratio, reportTo, seconds } from './context.ts';
import { type Command, type Measurement, measureInTurn, median, runOnce } from './measure.ts';

const PARTS = 'packages,copies,secrets';
const ALL_PARTS = 'figures,findings,changes,packages,copies,deleted,secrets,ledger';

/** What a report takes that reads the contents of files, beside one that does not. */
export async function measureContents(context: BenchContext): Promise<readonly Row[]> {
	const { images, rounds, scratch } = context;
	const pathOf = (name: string): string | null => {
		const path = images === null ? null : join(images, name);
		return path !== null && existsSync(path) ? path : null;
	};
	const archive = pathOf('big.tar');
	const layout = pathOf('big-oci');
	return [
		...(archive === null ? [] : await measurePlain(archive, rounds, scratch)),
		...(layout === null ? [] : await measurePacked(layout, rounds, scratch)),
	];
}

/** Plain layers: beside a program that reads and hashes the same bytes on two threads and does nothing else. */
async function measurePlain(image: string, rounds: number, scratch: string): Promise<readonly Row[]> {
	const bare = benchScript('references/bare-hash.ts', image);
	const hashingSeconds: number[] = [];
	const measured: Readonly<Record<'figures' | 'contents', Measurement>>[] = [];
	for (let round = 0; round < rounds; round++) {
		const { stdout } = await runOnce(bare);
		hashingSeconds.push((JSON.parse(stdout) as { readonly seconds: number }).seconds);
		const commands = {
			figures: reportTo(scratch, image, 'figures'),
			contents: reportTo(scratch, image, PARTS),
		};
		measured.push(await measureInTurn(commands, 1));
	}
	const cached = (parts: string): Command => ({
		...reportTo(scratch, image, parts),
		env: { FATHOM_CACHE: 'on', FATHOM_CACHE_DIR: join(scratch, 'contents-cache') },
	});
	await runOnce(cached(ALL_PARTS));
	const again = await measureInTurn({ plain: cached('figures,changes'), all: cached(ALL_PARTS) }, rounds);
	const hashing = median(hashingSeconds);
	const contents = median(measured.map((round) => round.contents.seconds));
	const own = median(measured.map((round) => round.contents.seconds - round.figures.seconds));
	const peakBytes = Math.max(...measured.map((round) => round.contents.peakBytes));
	return [
		{ what: `big.tar: ${PARTS}`, value: seconds(contents), goal: null },
		{ what: 'less the figures', value: seconds(own), goal: null },
		{ what: 'bare reading and hashing on two threads', value: seconds(hashing), goal: null },
		{ what: 'of the bare hashing', value: ratio(own, hashing), goal: '2.50x' },
		{ what: 'peak memory', value: megabytes(peakBytes), goal: null },
		{ what: 'the full report, out of the cache', value: seconds(again.all.seconds), goal: null },
		{ what: 'of one without contents', value: ratio(again.all.seconds, again.plain.seconds), goal: '1.50x' },
	];
}

/** Packed layers: all bytes pass anyway. */
async function measurePacked(image: string, rounds: number, scratch: string): Promise<readonly Row[]> {
	const { plain, all } = await measureInTurn(
		{ plain: reportTo(scratch, image), all: reportTo(scratch, image, ALL_PARTS) },
		rounds,
	);
	return [
		{ what: 'big-oci: the full report', value: seconds(all.seconds), goal: null },
		{ what: 'of one without contents', value: ratio(all.seconds, plain.seconds), goal: '1.25x' },
		{ what: 'peak memory', value: megabytes(all.peakBytes), goal: null },
	];
}
