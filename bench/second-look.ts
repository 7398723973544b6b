import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type BenchContext, type Row, reportTo, seconds } from './context.ts';
import { type Command, measureInTurn, runOnce } from './measure.ts';

/** The JSON report of images that the cache knows. */
export async function measureSecondLook({ images, rounds, scratch }: BenchContext): Promise<readonly Row[]> {
	const known = (name: string): Command => ({
		...reportTo(scratch, join(images ?? '', name)),
		env: { FATHOM_CACHE: 'on', FATHOM_CACHE_DIR: join(scratch, 'cache') },
	});
	const names = ['big.tar', 'big-oci'].filter((name) => images !== null && existsSync(join(images, name)));
	for (const name of names) await runOnce(known(name));
	const measured = await measureInTurn(Object.fromEntries(names.map((name) => [name, known(name)])), rounds);
	return names.map((name) => ({
		what: `${name} to the JSON report, out of the cache`,
		value: seconds(measured[name].seconds),
		goal: '400 ms',
	}));
}
