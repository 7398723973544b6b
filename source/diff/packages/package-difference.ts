import type { FileTree } from '../../filetree/file-tree.ts';
import { type Steps, sortInSteps } from '../../steps.ts';
import type { ImageDifference } from '../image-difference.ts';
import type { Both } from '../merge/merge-structure.ts';
import { compareVersions } from './compare-versions.ts';
import type {
	ComparedPackage,
	ComparedPackages,
	PackageChange,
	PackageChangeKind,
	PackageDifference,
} from './compared-packages.ts';
import { countDifferingFiles } from './differing-files.ts';
import { pairPackages } from './pair-packages.ts';

/** One of two images with its packages. */
export interface PackageSide {
	readonly tree: FileTree;
	readonly packages: ComparedPackages;
}

/** Compares the packages of two images whose files were compared. */
export function* comparePackages(
	difference: ImageDifference,
	sides: Both<PackageSide>,
): Steps<PackageDifference> {
	const [older, newer] = [sides[0].packages, sides[1].packages];
	const pairs = yield* pairPackages([older, newer]);
	const differing = yield* countDifferingFiles(difference, sides, pairs);
	const changes: PackageChange[] = [];
	for (const [index, [oldIndex, newIndex]] of pairs.entries()) {
		const packages: PackageChange['packages'] = [
			oldIndex === null ? null : older.packages[oldIndex],
			newIndex === null ? null : newer.packages[newIndex],
		];
		const differingFiles = differing === null ? null : differing[index];
		const kind = kindOf(packages, differingFiles);
		const path = newIndex === null ? older.pathOf(oldIndex ?? 0) : newer.pathOf(newIndex);
		if (kind !== null) changes.push({ kind, packages, differingFiles, path });
	}
	return {
		changes: yield* sortInSteps(changes, greatestFirst),
		totals: [older.packages.length, newer.packages.length],
		unreadLayers: [older.unreadLayers, newer.unreadLayers],
	};
}

/** How many bytes more the new image has of a package. */
export function packageDelta({ packages: [older, newer] }: Pick<PackageChange, 'packages'>): number {
	return (newer?.bytes ?? 0) - (older?.bytes ?? 0);
}

/** Null for a package that is the same in both images. */
function kindOf(
	[older, newer]: Both<ComparedPackage | null>,
	differingFiles: number | null,
): PackageChangeKind | null {
	if (older === null || newer === null) return older === null ? 'added' : 'removed';
	if (older.version === newer.version) {
		const isSame = older.files === newer.files && older.bytes === newer.bytes && (differingFiles ?? 0) === 0;
		return isSame ? null : 'same-version';
	}
	const order = compareVersions(newer.type, older.version, newer.version);
	if (order === null || order === 0) return 'other-version';
	return order < 0 ? 'upgraded' : 'downgraded';
}

function greatestFirst(left: PackageChange, right: PackageChange): number {
	return (
		Math.abs(packageDelta(right)) - Math.abs(packageDelta(left)) || compareText(nameOf(left), nameOf(right))
	);
}

function nameOf({ packages: [older, newer] }: PackageChange): string {
	return (newer ?? older)?.name ?? '';
}

function compareText(left: string, right: string): number {
	return left < right ? -1 : Number(left > right);
}
