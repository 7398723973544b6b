import type { DifferencePart } from '../../../diff/differing-parts.ts';
import {
	type ComparedPackage,
	type PackageChange,
	type PackageChangeKind,
	type PackageComparison,
	packageChangeKinds,
} from '../../../diff/packages/compared-packages.ts';
import { packageDelta } from '../../../diff/packages/package-difference.ts';
import { nameLayers } from '../../../image/image.ts';
import { formatByteDelta, formatBytes, formatCount } from '../../../text/bytes.ts';
import { escapeForTerminal } from '../../../text/escape.ts';
import { shorten } from '../../../text/shorten.ts';
import { type Cell, formatTable, type TableLayout } from '../../../text/table.ts';
import { wrapWords } from '../../text/wrap-words.ts';
import { countsByKind } from '../package-counts.ts';

/** As many as leave room for the rest on one screen. */
const SHOWN_PACKAGES = 20;

const words: Readonly<Record<PackageChangeKind, string>> = {
	added: 'added',
	removed: 'removed',
	upgraded: 'upgraded',
	downgraded: 'downgraded',
	'other-version': 'other version',
	'same-version': 'same version',
};

const columns = [
	{ header: 'what' },
	{ header: 'old', align: 'right' },
	{ header: 'new', align: 'right' },
	{ header: 'delta', align: 'right' },
	{ header: 'files', align: 'right' },
	{ header: 'package', cut: 'end' },
] as const;

export interface PackageLayout extends TableLayout {
	/** Whether all packages that differ are listed. */
	readonly isFull: boolean;
}

/** Whether there is anything to say of packages: images without any are not asked about, unless nothing else is. */
export function saysPackages(
	comparison: PackageComparison | null,
	parts: ReadonlySet<DifferencePart>,
): comparison is PackageComparison {
	if (comparison === null || comparison.kind === 'not-known' || parts.size === 1) return comparison !== null;
	const { totals, unreadLayers } = comparison.difference;
	return totals === null || totals[0] + totals[1] > 0 || unreadLayers.some((layers) => layers.length > 0);
}

/** How many packages changed in each way, and those with the greatest change of bytes. */
export function packageSection(comparison: PackageComparison, layout: PackageLayout): string[] {
	const [heading, ...rest] = wrapWords(packageCounts(comparison), 'Packages  ', layout);
	return [
		heading.replace('Packages', layout.paint('heading', 'Packages')),
		...rest,
		...packageLines(comparison, layout),
	];
}

/** `2 added, 1 upgraded`. */
export function packageCounts(comparison: PackageComparison): string {
	if (comparison.kind === 'not-known') return `not known, because ${whyNotKnown(comparison)}`;
	const { changes, totals } = comparison.difference;
	if (totals !== null && totals[0] + totals[1] === 0) return 'neither image has any';
	const counts = countsByKind(changes);
	const found = packageChangeKinds
		.filter((kind) => counts[kind] > 0)
		.map((kind) => `${formatCount(counts[kind])} ${countWords[kind]}`);
	return found.length === 0 ? 'none of them differs' : found.join(', ');
}

const countWords: Readonly<Record<PackageChangeKind, string>> = {
	...words,
	'other-version': 'of another version',
	'same-version': 'of the same version with other files',
};

/** The table of the packages that differ, and what is not known of them. */
export function packageLines(comparison: PackageComparison, layout: PackageLayout): string[] {
	if (comparison.kind === 'not-known') return [];
	const { changes, unreadLayers } = comparison.difference;
	const shown = layout.isFull ? changes : changes.slice(0, SHOWN_PACKAGES);
	const hidden = changes.length - shown.length;
	return [
		...(shown.length === 0 ? [] : formatTable(columns, shown.map(cellsOf), layout)),
		...(hidden === 0
			? []
			: [layout.paint('faint', `  and ${formatCount(hidden)} more; --full lists all of them`)]),
		...unreadLayers.flatMap((layers, side) =>
			layers.length === 0
				? []
				: [
						layout.paint(
							'warning',
							`  Not known of ${side === 0 ? 'OLD' : 'NEW'}: packages of ${nameLayers(layers)}, whose contents were not read.`,
						),
					],
		),
	];
}

function whyNotKnown({ isKnown }: Extract<PackageComparison, { kind: 'not-known' }>): string {
	const sides = (['OLD', 'NEW'] as const).filter((_, side) => !isKnown[side]);
	const reports =
		sides.length === 2
			? 'OLD and NEW are saved reports without packages'
			: `${sides[0]} is a saved report without packages`;
	return `${reports}; a report that fathom report writes has them`;
}

function cellsOf(change: PackageChange): Cell[] {
	const { kind, packages, differingFiles } = change;
	const [older, newer] = packages;
	const delta = packageDelta(change);
	return [
		words[kind],
		bytesCell(older),
		bytesCell(newer),
		{ text: formatByteDelta(delta), tone: delta > 0 ? 'warning' : delta < 0 ? 'good' : 'faint' },
		differingFiles === null ? { text: '-', tone: 'faint' } : formatCount(differingFiles),
		nameOf(change),
	];
}

function bytesCell(each: ComparedPackage | null): Cell {
	return each === null ? { text: '-', tone: 'faint' } : formatBytes(each.bytes);
}

function nameOf({ packages: [older, newer] }: PackageChange): string {
	const { type, name, version } = (newer ?? older) as ComparedPackage;
	const named = escapeForTerminal(shorten(`${type}/${name}`));
	const now = escapeForTerminal(shorten(version));
	if (older === null || newer === null || older.version === newer.version) return `${named} ${now}`;
	return `${named} ${escapeForTerminal(shorten(older.version))} -> ${now}`;
}
