import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
	type BenchContext,
	bareNode,
	benchScript,
	megabytes,
	type Row,
	ratio,
	reportTo,
	seconds,
} from './context.ts';
import { type Command, type Measurement, measureInTurn, median, runOnce } from './measure.ts';

/** An archive with plain layers to the full JSON report. */
export async function measureArchive({
	images,
	peers,
	rounds,
	scratch,
}: BenchContext): Promise<readonly Row[]> {
	const image = images === null ? null : join(images, 'big.tar');
	if (image === null || !existsSync(image)) return [];
	const bareSeconds: number[] = [];
	const { fathom, diving } = await measureBeside({
		fathom: reportTo(scratch, image),
		bare: benchScript('references/bare-walk.ts', image),
		diving: peers.diving?.(image),
		rounds,
		bareSeconds,
	});
	const dive = peers.dive && (await runOnce(peers.dive(image)));
	const bare = median(bareSeconds);
	return [
		{ what: 'big.tar to the JSON report', value: seconds(fathom.seconds), goal: null },
		...peerRows('diving', fathom, diving, '0.30x'),
		...peerRows('dive --ci', fathom, dive ?? undefined, null),
		{ what: 'bare walk and comparison, with the start of Node', value: seconds(bare), goal: null },
		{ what: 'of the bare walk', value: ratio(fathom.seconds, bare), goal: '1.50x' },
		{ what: 'peak memory', value: megabytes(fathom.peakBytes), goal: '150 MB' },
	];
}

/** An OCI layout with gzip layers to the full JSON report. */
export async function measureLayout({
	images,
	peers,
	rounds,
	scratch,
}: BenchContext): Promise<readonly Row[]> {
	const image = images === null ? null : join(images, 'big-oci');
	if (image === null || !existsSync(image)) return [];
	const bareSeconds: number[] = [];
	const { fathom, diving } = await measureBeside({
		fathom: reportTo(scratch, image),
		bare: benchScript('references/bare-inflate.ts', image),
		diving: peers.diving?.(image),
		rounds,
		bareSeconds,
	});
	const bare = median(bareSeconds);
	return [
		{ what: 'big-oci to the JSON report', value: seconds(fathom.seconds), goal: null },
		...peerRows('diving', fathom, diving, '0.75x'),
		{ what: 'bare inflating on two threads, with the start of Node', value: seconds(bare), goal: null },
		{ what: 'of the bare inflating', value: ratio(fathom.seconds, bare), goal: '1.20x' },
		{ what: 'peak memory', value: megabytes(fathom.peakBytes), goal: '150 MB' },
	];
}

interface Beside {
	readonly fathom: Command;
	readonly bare: Command;
	readonly diving: Command | undefined;
	readonly rounds: number;
	/** Filled with what the bare reference took in each round: its own seconds and those of a bare Node. */
	readonly bareSeconds: number[];
}

async function measureBeside({ fathom, bare, diving, rounds, bareSeconds }: Beside) {
	// The first run of each only brings the file into the page cache.
	await runOnce(bare);
	const measured: Readonly<Record<string, Measurement>>[] = [];
	for (let round = 0; round < rounds; round++) {
		const node = await runOnce(bareNode);
		measured.push(await measureInTurn<string>({ fathom, bare, ...(diving && { diving }) }, 1));
		const own = JSON.parse(measured.at(-1)?.bare?.stdout ?? '{}') as { seconds: number };
		bareSeconds.push(own.seconds + node.seconds);
	}
	const of = (name: string) => measured.flatMap((round) => round[name] ?? []);
	return { fathom: together(of('fathom')), diving: diving && together(of('diving')) };
}

function together(runs: readonly Measurement[]): Pick<Measurement, 'seconds' | 'peakBytes'> {
	return {
		seconds: median(runs.map((run) => run.seconds)),
		peakBytes: Math.max(...runs.map((run) => run.peakBytes)),
	};
}

function peerRows(
	name: string,
	fathom: Pick<Measurement, 'seconds'>,
	peer: Pick<Measurement, 'seconds' | 'peakBytes'> | undefined,
	goal: string | null,
): readonly Row[] {
	if (peer === undefined) return [];
	return [
		{ what: `${name}`, value: `${seconds(peer.seconds)}, ${megabytes(peer.peakBytes)}`, goal: null },
		{ what: `of ${name}`, value: ratio(fathom.seconds, peer.seconds), goal },
	];
}
