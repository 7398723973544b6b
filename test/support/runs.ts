const wantsAll = process.env.FATHOM_TEST_RUNS === 'all';

/** How many cases a slow property is tried on: a tenth of them in `npm test`, all of them in `npm run test:slow`. */
export function runs(count: number): number {
	return wantsAll ? count : Math.ceil(count / 10);
}
