import type { EntryPlan, LayerEnding, LayerPlan, Packing } from '../plan.ts';
import type { Random } from '../random.ts';
import { makeDamage } from './make-damage.ts';
import { makeAgain, makeEntry } from './make-entry.ts';
import { makeLie } from './make-lie.ts';

const none = { deepPaths: null, damage: [], packedDamage: [] } as const;

/** A layer; some of its entries are those of a lower layer again, as they were or with other attributes. */
export function makeLayer(random: Random, isHonest: boolean, below: readonly EntryPlan[]): LayerPlan {
	const packing = random.weighted<Packing>([
		[10, 'plain'],
		[5, 'gzip'],
		[1, 'gzip-members'],
		[3, 'zstd'],
		[2, 'xz'],
		[isHonest ? 0 : 0.3, 'bzip2'],
	]);
	const entries = random.list(0, 9, () =>
		below.length > 0 && random.oneIn(4) ? makeAgain(random, random.pick(below)) : makeEntry(random),
	);
	const layer = { ...none, entries, packing, ending: makeEnding(random, isHonest) };
	if (isHonest) return random.oneIn(60) ? { ...layer, deepPaths: deepPaths(random) } : layer;
	const part = random.weighted([
		[3, 'none'],
		[3, 'entry'],
		[2, 'tar'],
		[1, 'packed'],
	] as const);
	return {
		...layer,
		entries: part === 'entry' ? withLie(random, entries) : entries,
		damage: part === 'tar' ? random.list(1, 2, () => makeDamage(random)) : [],
		packedDamage: part === 'packed' ? random.list(1, 2, () => makeDamage(random)) : [],
	};
}

function makeEnding(random: Random, isHonest: boolean): LayerEnding {
	return random.weighted<LayerEnding>([
		[10, 'two-blocks'],
		[2, 'ten-kilobytes'],
		[1, 'one-block'],
		[1, 'none'],
		[1, 'second-tar'],
		[isHonest ? 0 : 1, 'garbage'],
	]);
}

function withLie(random: Random, entries: readonly EntryPlan[]): readonly EntryPlan[] {
	const liar = random.below(entries.length);
	return entries.map((entry, index) => (index === liar ? { ...entry, lie: makeLie(random) } : entry));
}

function deepPaths(random: Random): LayerPlan['deepPaths'] {
	return random.weighted([
		[30, { paths: 10, parts: 100 }],
		[10, { paths: 100, parts: 1000 }],
		[2, { paths: 2000, parts: 2000 }],
	] as const);
}
