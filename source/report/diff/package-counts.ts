import {
	type PackageChange,
	type PackageChangeKind,
	packageChangeKinds,
} from '../../diff/packages/compared-packages.ts';

/** How many packages changed in each way. */
export function countsByKind(changes: readonly PackageChange[]): Readonly<Record<PackageChangeKind, number>> {
	const counts = Object.fromEntries(packageChangeKinds.map((kind) => [kind, 0])) as Record<
		PackageChangeKind,
		number
	>;
	for (const { kind } of changes) counts[kind] += 1;
	return counts;
}
