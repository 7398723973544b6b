import {
	type ComparedPackage,
	type PackageChange,
	type PackageChangeKind,
	packageChangeKinds,
} from '../../../../../diff/packages/compared-packages.ts';
import { packageDelta } from '../../../../../diff/packages/package-difference.ts';
import { nameLayers } from '../../../../../image/image.ts';
import { formatBytes, formatCount, formatExactBytes } from '../../../../../text/bytes.ts';
import { escapeForTerminal } from '../../../../../text/escape.ts';
import { shorten } from '../../../../../text/shorten.ts';
import { padEnd, padStart } from '../../../cells.ts';
import { knownValue } from '../../../image-details.ts';
import { type Span, type StyleName, span } from '../../../line.ts';
import type { OpenedDifference } from '../../../opened-difference.ts';
import { anyField, bothField, type DetailRow, field } from '../../list/detail-rows.ts';
import { safeText } from '../../list/exported-cells.ts';
import { type ItemSource, noItems } from '../../list/item-source.ts';
import { listView } from '../../list/list-view.ts';
import { deltaText, exactDeltaText } from '../delta.ts';
import { heading } from '../heading.ts';
import { notKnownText } from '../not-known.ts';
import { placeOfPath } from '../place-of-path.ts';

const DELTA_WIDTH = 10;
const SIZES_WIDTH = 19;
const TYPE_WIDTH = 7;
/** Lists narrower than these leave columns out. */
const WITH_SIZES = 70;
const WITH_TYPE = 56;

interface Mark {
	readonly letter: string;
	readonly style: StyleName;
	readonly meaning: string;
}

const marks: Readonly<Record<PackageChangeKind, Mark>> = {
	added: { letter: 'A', style: 'added', meaning: 'added' },
	removed: { letter: 'D', style: 'removed', meaning: 'removed' },
	upgraded: { letter: '▲', style: 'content', meaning: 'upgraded' },
	downgraded: { letter: '▼', style: 'warning', meaning: 'downgraded' },
	'other-version': { letter: 'M', style: 'content', meaning: 'another version' },
	'same-version': { letter: 'm', style: 'metadata', meaning: 'the same version with other files' },
};

/** The packages that differ between two images, the greatest change of bytes first. */
export const packageChangesView = listView<
	OpenedDifference,
	PackageChange,
	'package changes' | 'package change'
>({
	kind: 'difference',
	title: 'Packages of both images',
	panes: { list: 'package changes', details: 'package change' },
	help: {
		title: 'Letters of the packages',
		rows: packageChangeKinds.map((kind) => ({ ...marks[kind], sign: marks[kind].letter })),
	},
	tab: (subject) => ({ name: 'Packages', count: changesOf(subject)?.length ?? null }),
	heading,
	items: (subject): ItemSource<PackageChange> => changesOf(subject) ?? noItems,
	head: (_, width, sorted) =>
		[
			` ${padStart(sorted('delta'), DELTA_WIDTH)}`,
			width < WITH_SIZES ? '' : `  ${padEnd('old → new', SIZES_WIDTH)}`,
			width < WITH_TYPE ? '' : `  ${padEnd('type', TYPE_WIDTH)}`,
			`  ${sorted('package')}`,
		].join(''),
	facts: countsText,
	row: packageRow,
	nameOf: (change) => `${typedName(change)} ${versionsText(change)}`,
	texts: (change) => [typedName(change), versionsText(change), marks[change.kind].meaning],
	orders: [
		{ column: 'delta', description: 'by delta', amountOf: null },
		{ column: 'package', description: 'by name', amountOf: null, textOf: (change) => newestOf(change).name },
	],
	details: packageDetails,
	detailFacts: ({ kind }) => marks[kind].meaning,
	empty: emptyText,
	textOf: (change) => escapeForTerminal(newestOf(change).purl),
	placeOf: ({ path }, subject) => placeOfPath(subject, path),
	exported: {
		name: 'packages',
		columns: [
			{ name: 'kind', cellOf: ({ kind }) => kind },
			{ name: 'type', cellOf: (change) => safeText(newestOf(change).type) },
			{ name: 'package', cellOf: (change) => safeText(newestOf(change).name) },
			{ name: 'oldVersion', cellOf: ({ packages: [older] }) => safeText(older?.version ?? null) },
			{ name: 'newVersion', cellOf: ({ packages: [, newer] }) => safeText(newer?.version ?? null) },
			{ name: 'oldBytes', cellOf: ({ packages: [older] }) => older?.bytes ?? null },
			{ name: 'newBytes', cellOf: ({ packages: [, newer] }) => newer?.bytes ?? null },
			{ name: 'bytesDelta', cellOf: (change) => packageDelta(change) },
		],
	},
	command: ['diff', '--only', 'packages'],
	spoken: { needs: ['packages'], row: spokenChange },
});

function changesOf({ details }: OpenedDifference): readonly PackageChange[] | null {
	const comparison = knownValue(details.packages);
	return comparison?.kind === 'compared' ? comparison.difference.changes : null;
}

function emptyText({ details }: OpenedDifference): string {
	const comparison = knownValue(details.packages);
	if (comparison === null) return notKnownText(details.packages, 'The packages') ?? '';
	if (comparison.kind === 'not-known')
		return 'Not known: a saved report is one side, and does not have the packages.';
	return `No package differs.${unreadText(comparison.difference.unreadLayers)}`;
}

function unreadText(unreadLayers: readonly (readonly number[])[]): string {
	const sides = unreadLayers.flatMap((layers, side) =>
		layers.length === 0 ? [] : [`${nameLayers(layers)} of the ${side === 0 ? 'old' : 'new'} image`],
	);
	return sides.length === 0 ? '' : ` Not read: contents of ${sides.join(' and ')}.`;
}

/** `2 added · 1 upgraded`. */
function countsText(subject: OpenedDifference): string {
	const changes = changesOf(subject) ?? [];
	const counts = packageChangeKinds.flatMap((kind) => {
		const count = changes.filter((change) => change.kind === kind).length;
		return count === 0 ? [] : [`${formatCount(count)} ${marks[kind].meaning}`];
	});
	return counts.join(' · ');
}

function newestOf({ packages: [older, newer] }: PackageChange): ComparedPackage {
	return (newer ?? older) as ComparedPackage;
}

function typedName(change: PackageChange): string {
	const { type, name } = newestOf(change);
	return escapeForTerminal(shorten(`${type}/${name}`));
}

function versionsText({ packages }: PackageChange): string {
	const [older, newer] = packages.map((each) =>
		each === null ? null : escapeForTerminal(shorten(each.version)),
	);
	if (older === null || newer === null || older === newer) return newer ?? older ?? '';
	return `${older} → ${newer}`;
}

function packageRow(change: PackageChange, _: unknown, width: number): readonly Span[] {
	const { letter, style } = marks[change.kind];
	const delta = packageDelta(change);
	const [older, newer] = change.packages.map((each) => (each === null ? '-' : formatBytes(each.bytes)));
	const { type, name } = newestOf(change);
	return [
		span(`${letter} `, style),
		span(padStart(deltaText(delta), DELTA_WIDTH), delta > 0 ? 'warning' : delta < 0 ? 'good' : 'faint'),
		...(width < WITH_SIZES
			? []
			: [span(`  ${padEnd(`${padStart(older, 8)} → ${newer}`, SIZES_WIDTH)}`, 'faint')]),
		...(width < WITH_TYPE ? [] : [span(`  ${padEnd(escapeForTerminal(type), TYPE_WIDTH)}`, 'faint')]),
		span(`  ${escapeForTerminal(shorten(name))} `, style),
		span(versionsText(change), 'faint'),
	];
}

function spokenChange(change: PackageChange): string {
	const versions = versionsText(change).replace(' → ', ' to ');
	return `${marks[change.kind].meaning}: ${typedName(change)} ${versions}, ${deltaText(packageDelta(change))}`;
}

function packageDetails(
	change: PackageChange,
	{ details }: OpenedDifference,
	width: number,
): readonly DetailRow[] {
	const [older, newer] = change.packages;
	const both = (name: string, textOf: (each: ComparedPackage) => string | null) =>
		bothField(name, [older && textOf(older), newer && textOf(newer)], width);
	const any = (name: string, textOf: (each: ComparedPackage) => string | null) =>
		anyField(name, [older && textOf(older), newer && textOf(newer)], width);
	const text = (value: string | null) => (value === null ? null : escapeForTerminal(value));
	const comparison = knownValue(details.packages);
	const unread = comparison?.kind === 'compared' ? unreadText(comparison.difference.unreadLayers).trim() : '';
	return [
		...field('package', typedName(change), { width, style: marks[change.kind].style }),
		...both('version', ({ version }) => text(version)),
		...field('delta', exactDeltaText(packageDelta(change)), { width }),
		...both('bytes', ({ bytes }) => formatExactBytes(bytes)),
		...both('added', ({ addedBytes }) => formatExactBytes(addedBytes)),
		...both('files', ({ files }) => formatCount(files)),
		...(change.differingFiles === null
			? []
			: field('differ', `${formatCount(change.differingFiles)} of its files`, { width })),
		...both('layer', ({ layerIndex }) => String(layerIndex + 1)),
		...(newestOf(change).architecture === null ? [] : any('arch', ({ architecture }) => text(architecture))),
		...any('purl', ({ purl }) => text(purl)),
		...(unread === '' ? [] : field('not known', unread, { width })),
	];
}
