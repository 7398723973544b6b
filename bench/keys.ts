import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type BenchContext, fathom, type Row, seconds } from './context.ts';
import { hasWholeTree } from './first-frame.ts';
import { type Act, pageDown, pageUp, pressKeys, repeat } from './press-keys.ts';
import { syntheticArchive } from './synthetic/synthetic-archive.ts';
import { syntheticPair } from './synthetic/synthetic-pair.ts';
import { openSession } from './terminal.ts';

const inTree: readonly Act[] = [
	{
		what: 'next and previous row',
		keys: [...repeat('j', 30), ...repeat('k', 20)],
		isCursorMove: true,
	},
	{ what: 'page down and up', keys: [...repeat(pageDown, 20), ...repeat(pageUp, 10), 'G', 'g'] },
];
const filter: Act = {
	what: 'type a filter',
	keys: ['/', ...'template-index', ...repeat('\u007f', 14), ...'~zone.*js$'],
};

/** What is pressed, in this order; the session starts in the pane with the layers. */
const acts: readonly Act[] = [
	{ what: 'next and previous layer', keys: [...repeat('j', 39), ...repeat('k', 39)] },
	{ what: 'show and hide what did not change', keys: ['j', ...repeat('c', 10)] },
	{ what: 'this layer, all since the base, or everything up to it', keys: ['G', ...repeat('a', 11)] },
	{ what: 'next and previous layer, everything up to it', keys: [...repeat('k', 20), ...repeat('j', 20)] },
	{ what: 'open and close a folder', keys: ['l', 'g', ...repeat(' ', 20)] },
	...inTree,
	{ what: 'sort by size, by name', keys: repeat('s', 10) },
	filter,
];

/** Of an image with seven layers. */
const actsOfImage: readonly Act[] = [
	{ what: 'first visit of a layer of big-25.tar', keys: repeat('j', 6) },
	{ what: 'next and previous layer', keys: [...repeat('k', 6), ...repeat('j', 6), 'g', 'G', 'g', 'G'] },
	{ what: 'go to another view and back', keys: ['2', '1', '4', '5', '1', '6', '1'] },
	{ what: 'to the tree', keys: ['g', 'j', 'l'] },
	...inTree,
	filter,
];

/** The session starts in the tree. */
const actsOfPair: readonly Act[] = [
	{ what: 'open and close a folder of two images', keys: ['j', ...repeat(' ', 20)] },
	...inTree,
	{ what: 'sort by delta, by name', keys: repeat('s', 10) },
	{ what: 'show and hide what did not change', keys: repeat('c', 11) },
	...inTree,
	{ what: 'go to another view and back', keys: ['2', '3', '4', '1', '2', '1', '4', '1'] },
	filter,
];

/** From a key to the last byte of the frame that it brings, on a million entries, in a real pseudo-terminal. */
export async function measureKeys({ scratch }: BenchContext): Promise<readonly Row[]> {
	const command = fathom(syntheticArchive(1_000_000));
	const session = await openSession({ command, columns: 200, rows: 60, ready: hasWholeTree });
	const whole = {
		what: '1,000,000 entries to the frame with all layers',
		value: seconds(session.readySeconds),
	};
	return [{ ...whole, goal: null }, ...(await pressKeys(session, { acts, scratch, memoryGoal: '400 MB' }))];
}

/** The same on a real image, each layer of which is looked at for the first time. */
export async function measureKeysOfImage({ images, scratch }: BenchContext): Promise<readonly Row[]> {
	const image = images === null ? null : join(images, 'big-25.tar');
	if (image === null || !existsSync(image)) return [];
	const session = await openSession({ command: fathom(image), columns: 200, rows: 60, ready: hasWholeTree });
	return pressKeys(session, { acts: actsOfImage, scratch, memoryGoal: null });
}

/** The same on what differs between two images of half a million entries each. */
export async function measureKeysOfPair({ scratch }: BenchContext): Promise<readonly Row[]> {
	const path = syntheticPair({ entries: 500_000, sizeFactor: 1 });
	const command = fathom('diff', path, path, '--image', 'old', '--image', 'new');
	const session = await openSession({ command, columns: 200, rows: 60, ready: hasDifference });
	const whole = {
		what: 'two images of 500,000 entries to their difference',
		value: seconds(session.readySeconds),
	};
	return [
		{ ...whole, goal: null },
		...(await pressKeys(session, { acts: actsOfPair, scratch, memoryGoal: null })),
	];
}

/** The headings of the tree's columns, which the reading screen does not have. */
function hasDifference(screen: string): boolean {
	return /delta.*old → new/.test(screen);
}
