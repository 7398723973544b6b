import { join } from 'node:path';
import { type BenchContext, fathom, megabytes, PLAIN_PARTS, type Row, ratio, seconds } from './context.ts';
import { type Command, measureInTurn, runOnce } from './measure.ts';

const { DOCKER_HOST, FATHOM_BENCH_ENGINE_IMAGE: image = 'big:1' } = process.env;

/** An image of Docker Engine to the full JSON report, beside curl that takes the same export and drops it. */
export async function measureEngine({ rounds, scratch }: BenchContext): Promise<readonly Row[]> {
	const socket = /^unix:\/\/(.+)/.exec(DOCKER_HOST ?? '')?.[1];
	if (socket === undefined) return [];
	const report = (...options: readonly string[]): Command =>
		fathom('report', `docker:${image}`, '--output', join(scratch, 'report.json'), ...options);
	const plain = ['--only', PLAIN_PARTS];
	const exported = `http://engine/v1.41/images/${image}/get`;
	const curl: Command = {
		words: ['curl', '--silent', '--fail', '--unix-socket', socket, exported, '--output', '/dev/null'],
	};
	// The first export only brings the layers into the page cache.
	await runOnce(curl);
	const measured = await measureInTurn(
		{ curl, fathom: report(...plain, '--no-cache'), full: report('--no-cache') },
		rounds,
	);
	const cached = { ...report(...plain), env: { FATHOM_CACHE_DIR: join(scratch, 'cache') } };
	await runOnce(cached);
	const again = await measureInTurn({ cached }, rounds);
	return [
		{
			what: `${image} of Docker Engine to the JSON report`,
			value: seconds(measured.fathom.seconds),
			goal: null,
		},
		{ what: 'curl of the same export', value: seconds(measured.curl.seconds), goal: null },
		{ what: 'of curl', value: ratio(measured.fathom.seconds, measured.curl.seconds), goal: '1.05x' },
		{ what: 'peak memory', value: megabytes(measured.fathom.peakBytes), goal: '150 MB' },
		{
			what: 'the full report, of one without contents',
			value: ratio(measured.full.seconds, measured.fathom.seconds),
			goal: '1.25x',
		},
		{ what: 'its peak memory', value: megabytes(measured.full.peakBytes), goal: null },
		{ what: 'the same from the cache', value: seconds(again.cached.seconds), goal: '400 ms' },
	];
}
