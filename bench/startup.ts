import { type BenchContext, bareNode, fathom, milliseconds, type Row, sampleImage } from './context.ts';
import { measureInTurn } from './measure.ts';

/** How much longer than Node itself the small commands take. */
export async function measureStartup({ rounds }: BenchContext): Promise<readonly Row[]> {
	const { bare, version, gate } = await measureInTurn(
		{ bare: bareNode, version: fathom('--version'), gate: fathom('ci', sampleImage) },
		rounds * 4,
	);
	const above = (seconds: number) => milliseconds((seconds - bare.seconds) * 1000);
	return [
		{ what: 'node -e 0', value: milliseconds(bare.seconds * 1000), goal: null },
		{ what: 'fathom --version, above that', value: above(version.seconds), goal: '100 ms' },
		{ what: 'fathom ci on the sample, above that', value: above(gate.seconds), goal: '100 ms' },
	];
}
