import type { Steps } from '../../steps.ts';
import { findModule, moduleFolder } from './dependencies.ts';
import type { FoundPackages } from './found-packages.ts';

const PACKAGES_A_STEP = 512;

/**
 * The npm packages, by position, that only the `devDependencies` of an application ask for, of those that are installed beside it: `npm ci
 * --omit=dev` leaves them out. What nobody asks for may be there for a reason, and so is what it needs.
 */
export function* developmentOnly(
	{ packages, projects }: Pick<FoundPackages, 'packages' | 'projects'>,
	dependsOn: readonly (readonly number[])[],
): Steps<readonly number[]> {
	if (!projects.some(({ devNeeds }) => devNeeds.length > 0)) return [];
	const byFolder = new Map<string, number>();
	for (const [index, { record }] of packages.entries())
		if (record.type === 'npm' && record.claim.kind === 'folder') byFolder.set(record.claim.path, index);
	const needsOf = (index: number): readonly number[] => {
		const { claim, peers = [] } = packages[index].record;
		if (claim.kind !== 'folder') return dependsOn[index];
		const found = peers.map((name) => findModule(byFolder, claim.path, name));
		return [...dependsOn[index], ...found.filter((peer) => peer !== null)];
	};
	const asked = projects.flatMap(({ folder, devNeeds }) =>
		devNeeds.map((name) => byFolder.get(moduleFolder(folder, name)) ?? null),
	);
	const development = yield* reachable(asked, needsOf);
	const others = [...byFolder.values()].filter((index) => !development.has(index));
	const run = projects.flatMap(({ folder, needs }) =>
		needs.map((name) => findModule(byFolder, folder, name)),
	);
	const kept = yield* reachable([...others, ...run], needsOf);
	return [...development].filter((index) => !kept.has(index));
}

function* reachable(
	from: readonly (number | null)[],
	needsOf: (index: number) => readonly number[],
): Steps<ReadonlySet<number>> {
	const reached = new Set(from.filter((index) => index !== null));
	let count = 0;
	// What is added while the set is walked is walked as well.
	for (const index of reached) {
		if (++count % PACKAGES_A_STEP === 0) yield;
		for (const needed of needsOf(index)) reached.add(needed);
	}
	return reached;
}
