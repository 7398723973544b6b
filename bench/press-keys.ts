import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { benchScript, megabytes, milliseconds, type Row, ratio } from './context.ts';
import { percentile } from './measure.ts';
import { openSession, type Painted, type Session } from './terminal.ts';

export const pageDown = '\u001b[6~';
export const pageUp = '\u001b[5~';

/** What is pressed in a session of the explorer. */
export interface Act {
	readonly what: string;
	readonly keys: readonly string[];
	/** Whether the cursor moves to a row beside it, and all else that changes are the details of what it is on. */
	readonly isCursorMove?: true;
}

/** What is pressed, and what is said of it. */
export interface Pressing {
	readonly acts: readonly Act[];
	/** For what the reference is told. */
	readonly scratch: string;
	readonly memoryGoal: string | null;
}

/** How often the time of a bare program all keys may take, and each kind of key. Ink alone takes 5 to 7 times as long (README.md). */
const ANY_KEY_GOAL = 10;
const KIND_GOAL = 10;

/**
 * Presses the keys of all acts, then leaves; a row for each act, one for all keys, and one for the memory. Each time is given with its ratio to that of a
 * bare program that answers as many keys with as many bytes through the same pseudo-terminal, in the minute after.
 */
export async function pressKeys(
	session: Session,
	{ acts, scratch, memoryGoal }: Pressing,
): Promise<readonly Row[]> {
	const painted: (readonly Painted[])[] = [];
	for (const { keys } of acts) painted.push(await pressAll(session, keys));
	const peakBytes = await session.close();
	const bare = await pressBare(painted, scratch);
	const rows = acts.map(({ what }, act): Row => {
		const goal = `${KIND_GOAL}x at p50`;
		return {
			what: `${what} (${painted[act].length} keys)`,
			value: comparison(painted[act], bare[act]),
			goal,
		};
	});
	const all = painted.flat();
	return [
		...rows,
		{
			what: `any key (${all.length} keys)`,
			value: comparison(all, bare.flat()),
			goal: `${ANY_KEY_GOAL}x at p50 and p95`,
		},
		{ what: 'bytes written for a key', value: bytesText(all), goal: null },
		{
			what: 'bytes written for a move of the cursor',
			value: bytesText(acts.flatMap(({ isCursorMove }, act) => (isCursorMove ? painted[act] : []))),
			goal: '2 kB at p50',
		},
		{ what: 'peak memory of the explorer', value: megabytes(peakBytes), goal: memoryGoal },
	];
}

/** The same keys for a program that does nothing but answer with the same numbers of bytes. */
async function pressBare(
	painted: readonly (readonly Painted[])[],
	scratch: string,
): Promise<readonly (readonly Painted[])[]> {
	const file = join(scratch, 'answers.json');
	writeFileSync(file, JSON.stringify(painted.flat().map(({ bytes }) => bytes)));
	const session = await openSession({
		command: benchScript('references/bare-keys.ts', file),
		columns: 200,
		rows: 60,
		ready: (screen) => screen.includes('ready'),
	});
	const bare: (readonly Painted[])[] = [];
	for (const act of painted)
		bare.push(
			await pressAll(
				session,
				act.map(() => 'x'),
			),
		);
	await session.close();
	return bare;
}

export function repeat(key: string, count: number): readonly string[] {
	return Array.from({ length: count }, () => key);
}

async function pressAll(session: Session, keys: readonly string[]): Promise<readonly Painted[]> {
	const all: Painted[] = [];
	for (const key of keys) {
		const painted = await session.press(key);
		if (painted !== null) all.push(painted);
	}
	if (all.length < keys.length / 2) {
		throw new Error(
			`most of these keys painted nothing: ${JSON.stringify(keys)}\n${session.lines().join('\n')}`,
		);
	}
	return all;
}

function comparison(ours: readonly Painted[], bare: readonly Painted[]): string {
	const parts = [0.5, 0.95].map((share) => {
		const [time, reference] = [ours, bare].map((painted) => timeAt(painted, share));
		return `p${share * 100} ${milliseconds(time)} (${ratio(time, reference)})`;
	});
	const slowest = Math.max(...ours.map((painted) => painted.milliseconds));
	return `${parts.join(', ')}, at most ${milliseconds(slowest)}`;
}

function timeAt(painted: readonly Painted[], share: number): number {
	return percentile(
		painted.map((each) => each.milliseconds),
		share,
	);
}

function bytesText(painted: readonly Painted[]): string {
	const counts = painted.map(({ bytes }) => bytes);
	return `p50 ${percentile(counts, 0.5)} B, p95 ${percentile(counts, 0.95)} B`;
}
