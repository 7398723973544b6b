import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type BenchContext, fathom, megabytes, type Row, ratio, seconds } from './context.ts';
import { type Command, median } from './measure.ts';
import { openSession } from './terminal.ts';

/** From the start of the process to the first screen with the file tree, in a real pseudo-terminal. */
export async function measureFirstFrame({ images, peers, rounds }: BenchContext): Promise<readonly Row[]> {
	const image = images === null ? null : join(images, 'big-25.tar');
	if (image === null || !existsSync(image)) return [];
	const ours = await firstFrames(() => fathom(image), rounds, hasTree);
	const whole = await firstFrames(() => fathom(image), rounds, hasWholeTree);
	const { xray } = peers;
	const theirs =
		xray &&
		(await firstFrames(
			() => xray(image),
			rounds,
			(screen) => screen.includes('├──'),
		));
	return [
		{ what: 'big-25.tar to the first frame with the tree', value: seconds(ours.seconds), goal: null },
		...(theirs
			? [
					{ what: 'xray', value: `${seconds(theirs.seconds)}, ${megabytes(theirs.peakBytes)}`, goal: null },
					{ what: 'of xray', value: ratio(ours.seconds, theirs.seconds), goal: '0.50x' },
				]
			: []),
		{ what: 'big-25.tar to the frame with all layers', value: seconds(whole.seconds), goal: null },
		{ what: 'peak memory', value: megabytes(whole.peakBytes), goal: '150 MB' },
	];
}

/** The files of a layer, and not just that it is not read yet. */
export function hasTree(screen: string): boolean {
	return /What layer \d+ did/.test(screen) && !/not read yet/.test(screen);
}

/** All layers are read, and no content is left to be compared. */
export function hasWholeTree(screen: string): boolean {
	return hasTree(screen) && !/ reading| comparing/.test(screen);
}

async function firstFrames(command: () => Command, rounds: number, ready: (screen: string) => boolean) {
	const found: number[] = [];
	let peakBytes = 0;
	for (let round = 0; round < rounds; round++) {
		const session = await openSession({ command: command(), columns: 120, rows: 40, ready });
		found.push(session.readySeconds);
		peakBytes = Math.max(peakBytes, await session.close());
	}
	return { seconds: median(found), peakBytes };
}
