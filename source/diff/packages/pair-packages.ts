import type { Steps } from '../../steps.ts';
import type { Both } from '../merge/merge-structure.ts';
import { compareVersions } from './compare-versions.ts';
import type { ComparedPackage, ComparedPackages } from './compared-packages.ts';

/** Positions in the lists of two images; null where an image does not have the package. */
export type PackagePair = Both<number | null>;

/**
 * Pairs the packages of two images: those of one type, name and architecture. Where there are several, the same version at the same place first, then
 * the same version, the same place, the same major version, and then the latest ones.
 */
export function* pairPackages(sides: Both<ComparedPackages>): Steps<readonly PackagePair[]> {
	const groups = new Map<string, Both<number[]>>();
	for (const [side, { packages }] of sides.entries())
		for (const [index, each] of packages.entries()) {
			const key = JSON.stringify([each.type, each.name, each.architecture]);
			const group = groups.get(key) ?? [[], []];
			groups.set(key, group);
			group[side].push(index);
			if (index % PACKAGES_A_STEP === PACKAGES_A_STEP - 1) yield;
		}
	const pairs: PackagePair[] = [];
	let looked = 0;
	for (const [older, newer] of groups.values()) {
		looked += older.length + newer.length;
		if (older.length <= 1 && newer.length <= 1) pairs.push([older[0] ?? null, newer[0] ?? null]);
		else yield* pairGroup(sides, [older, newer], pairs);
		if (looked < PACKAGES_A_STEP) continue;
		looked = 0;
		yield;
	}
	return pairs;
}

const PACKAGES_A_STEP = 512;
/** Of more than these nobody can tell which became which, and sorting them would take long. */
const MOST_SORTED = 500;

function* pairGroup(
	sides: Both<ComparedPackages>,
	[older, newer]: Both<readonly number[]>,
	pairs: PackagePair[],
): Steps<void> {
	let left: Both<readonly number[]> = [latestFirst(sides[0], older), latestFirst(sides[1], newer)];
	for (const keyOf of keys) {
		left = yield* pairBy(sides, left, { keyOf, pairs });
		yield;
	}
	for (const index of left[0]) pairs.push([index, null]);
	for (const index of left[1]) pairs.push([null, index]);
}

type KeyOf = (side: ComparedPackages, index: number) => string;

const keys: readonly KeyOf[] = [
	(side, index) => `${side.packages[index].version} ${side.pathOf(index)}`,
	({ packages }, index) => packages[index].version,
	(side, index) => side.pathOf(index),
	({ packages }, index) => majorOf(packages[index]),
	() => '',
];

/** Pairs what has the same key, in order, as far as both sides have it. Gives what is left. */
function* pairBy(
	[older, newer]: Both<ComparedPackages>,
	[mine, theirs]: Both<readonly number[]>,
	{ keyOf, pairs }: { readonly keyOf: KeyOf; readonly pairs: PackagePair[] },
): Steps<Both<readonly number[]>> {
	if (mine.length === 0 || theirs.length === 0) return [mine, theirs];
	const waiting = new Map<string, { readonly indices: number[]; next: number }>();
	for (const [count, index] of mine.entries()) {
		if (count % PACKAGES_A_STEP === PACKAGES_A_STEP - 1) yield;
		const key = keyOf(older, index);
		const queue = waiting.get(key);
		if (queue === undefined) waiting.set(key, { indices: [index], next: 0 });
		else queue.indices.push(index);
	}
	const paired = new Set<number>();
	const alone: number[] = [];
	for (const [count, index] of theirs.entries()) {
		if (count % PACKAGES_A_STEP === PACKAGES_A_STEP - 1) yield;
		const queue = waiting.get(keyOf(newer, index));
		const other = queue?.indices[queue.next];
		if (queue === undefined || other === undefined) {
			alone.push(index);
			continue;
		}
		queue.next += 1;
		paired.add(other);
		pairs.push([other, index]);
	}
	return [mine.filter((index) => !paired.has(index)), alone];
}

function latestFirst({ packages }: ComparedPackages, indices: readonly number[]): readonly number[] {
	if (indices.length > MOST_SORTED) return indices;
	return [...indices].sort(
		(left, right) =>
			compareVersions(packages[right].type, packages[right].version, packages[left].version) ?? left - right,
	);
}

/** The first number of a version. */
function majorOf({ version }: ComparedPackage): string {
	return /\d+/.exec(version)?.[0] ?? version;
}
