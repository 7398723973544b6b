import { type BenchContext, fathom, megabytes, milliseconds, type Row, seconds } from './context.ts';
import { hasWholeTree } from './first-frame.ts';
import { percentile } from './measure.ts';
import { syntheticArchive } from './synthetic-archive.ts';
import { openSession, type Session } from './terminal.ts';

const pageDown = '\u001b[6~';
const pageUp = '\u001b[5~';

/** What is pressed, in this order; the session starts in the pane with the layers. */
const acts: readonly { readonly what: string; readonly keys: readonly string[] }[] = [
	{ what: 'next and previous layer', keys: [...repeat('j', 39), ...repeat('k', 39)] },
	{ what: 'this layer, or everything up to it', keys: ['G', ...repeat('a', 11)] },
	{ what: 'next and previous layer, everything up to it', keys: [...repeat('k', 20), ...repeat('j', 20)] },
	{ what: 'open and close a folder', keys: ['l', 'g', ...repeat(' ', 20)] },
	{ what: 'next and previous row', keys: [...repeat('j', 30), ...repeat('k', 20)] },
	{ what: 'page down and up', keys: [...repeat(pageDown, 20), ...repeat(pageUp, 10), 'G', 'g'] },
	{ what: 'sort by size, by name', keys: repeat('s', 10) },
	{ what: 'hide and show what did not change', keys: repeat('c', 10) },
	{ what: 'type a filter', keys: ['/', ...'template-index', ...repeat('\u007f', 14), ...'~zone.*js$'] },
];

/** From a key to the last byte of the frame that it brings, on a million entries, in a real pseudo-terminal. */
export async function measureKeys(_: BenchContext): Promise<readonly Row[]> {
	const command = fathom(syntheticArchive(1_000_000));
	const session = await openSession({ command, columns: 200, rows: 60, ready: hasWholeTree });
	const rows: Row[] = [];
	const all: number[] = [];
	for (const { what, keys } of acts) {
		const times = await pressAll(session, keys);
		all.push(...times);
		rows.push({ what: `${what} (${times.length} keys)`, value: bothPercentiles(times), goal: null });
	}
	const peakBytes = await session.close();
	return [
		{
			what: '1,000,000 entries to the frame with all layers',
			value: seconds(session.readySeconds),
			goal: null,
		},
		...rows,
		{ what: `any key (${all.length} keys)`, value: bothPercentiles(all), goal: '16 ms at p95' },
		{ what: 'peak memory of the explorer', value: megabytes(peakBytes), goal: '400 MB' },
	];
}

async function pressAll(session: Session, keys: readonly string[]): Promise<readonly number[]> {
	const times: number[] = [];
	for (const key of keys) {
		const time = await session.press(key);
		if (time !== null) times.push(time);
	}
	if (times.length < keys.length / 2) {
		throw new Error(
			`most of these keys painted nothing: ${JSON.stringify(keys)}\n${session.lines().join('\n')}`,
		);
	}
	return times;
}

function bothPercentiles(times: readonly number[]): string {
	return `p50 ${milliseconds(percentile(times, 0.5))}, p95 ${milliseconds(percentile(times, 0.95))}`;
}

function repeat(key: string, count: number): readonly string[] {
	return Array.from({ length: count }, () => key);
}
