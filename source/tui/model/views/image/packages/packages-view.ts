import type { Packages } from '../../../../../analysis/packages/packages.ts';
import { formatBytes, formatCount } from '../../../../../text/bytes.ts';
import { escapeForTerminal, escapePath } from '../../../../../text/escape.ts';
import { shorten } from '../../../../../text/shorten.ts';
import { padEnd, padStart } from '../../../cells.ts';
import { bar } from '../../../frame/figures.ts';
import { knownValue } from '../../../image-details.ts';
import { type Line, type Span, span } from '../../../line.ts';
import type { OpenedImage } from '../../../opened-image.ts';
import { type ItemSource, noItems } from '../../list/item-source.ts';
import { listView } from '../../list/list-view.ts';
import type { FilePlace } from '../../view.ts';
import { unknownText, unreadText } from '../known-detail.ts';
import { lastLayerOf } from '../last-layer.ts';
import { imageVerdict } from '../verdict-line.ts';
import { largestFiles } from './largest-files.ts';
import { packageCells } from './package-cells.ts';
import { packageDetails } from './package-details.ts';
import { type PackageItem, PackageItems } from './package-items.ts';

const SIZE_WIDTH = 9;
const BAR_WIDTH = 8;
const FILES_WIDTH = 8;
const TYPE_WIDTH = 7;
const LAYER_WIDTH = 5;
/** Lists narrower than these leave columns out. */
const WITH_BAR = 70;
const WITH_ADDED = 86;
const WITH_FILES = 54;

/** Whose the live bytes are, most bytes first. */
export const packagesView = listView<OpenedImage, PackageItem, 'packages' | 'package'>({
	kind: 'image',
	title: 'Packages',
	panes: { list: 'packages', details: 'package' },
	help: {
		title: 'Words of the packages',
		rows: [
			{ sign: 'added', style: 'faint', meaning: 'what would go with a package and all that only it needs' },
			{ sign: 'nobody', style: 'faint', meaning: 'files of a folder of the root that no package owns' },
		],
	},
	tab: ({ details }) => ({ name: 'Packages', count: knownValue(details.packages)?.packages.length ?? null }),
	heading,
	items: itemsOf,
	head: (_, width, sorted) => {
		const columns = columnsWithin(width, sorted('added') === 'added' ? '' : 'added');
		const [name, version] = nameWidths(width, columns);
		return [
			padStart(sorted('bytes'), SIZE_WIDTH),
			columns.bar ? padEnd('', BAR_WIDTH + 1) : '',
			columns.added ? padStart(sorted('added'), SIZE_WIDTH) : '',
			columns.files ? padStart(sorted('files'), FILES_WIDTH) : '',
			`  ${padEnd('type', TYPE_WIDTH)}${padEnd(sorted('package'), name + 1)}${padEnd('version', version)}`,
			padStart('layer', LAYER_WIDTH + 1),
		]
			.join('')
			.slice(1)
			.trimEnd();
	},
	facts: () => '',
	row: packageRow,
	nameOf: (item) =>
		item.kind === 'nobody'
			? nobodyName(item)
			: escapeForTerminal(shorten(`${item.package.name} ${item.package.version}`)),
	texts: (item) =>
		item.kind === 'nobody'
			? [nobodyName(item)]
			: [
					escapeForTerminal(shorten(item.package.name)),
					escapeForTerminal(shorten(item.package.version)),
					item.package.type,
				],
	orders: [
		{ column: 'bytes', description: 'by bytes', amountOf: null },
		{
			column: 'added',
			description: 'by added size',
			amountOf: (item) => (item.kind === 'nobody' ? item.group.bytes : item.package.addedBytes),
		},
		{ column: 'files', description: 'by files', amountOf: (item) => filesOf(item) },
		{
			column: 'package',
			description: 'by name',
			amountOf: null,
			textOf: (item) => (item.kind === 'nobody' ? '' : item.package.name),
		},
	],
	details: (item, image, width) => {
		const packages = knownValue(image.details.packages);
		return packages === null ? [] : packageDetails(item, image, { packages, width });
	},
	detailFacts: (item) => `${formatCount(filesOf(item))} ${filesOf(item) === 1 ? 'file' : 'files'}`,
	empty: (image) => unknownText(image, 'packages') ?? 'The image has no files.',
	placeOf,
	noPath: 'Choose a file first: a package has many.',
	textOf: (item) => (item.kind === 'nobody' ? null : escapeForTerminal(item.package.purl)),
	exported: packageCells,
	command: ['report', '--only', 'packages'],
	spoken: { needs: ['packages'], row: spokenPackage },
});

const known = new WeakMap<Packages, PackageItems>();

function itemsOf({ details }: OpenedImage): ItemSource<PackageItem> {
	const packages = knownValue(details.packages);
	if (packages === null) return noItems;
	const items = known.get(packages) ?? new PackageItems(packages);
	known.set(packages, items);
	return items;
}

function filesOf(item: PackageItem): number {
	return item.kind === 'nobody' ? item.group.files : item.package.files;
}

function nobodyName({ group }: Extract<PackageItem, { readonly kind: 'nobody' }>): string {
	return `nobody: /${escapePath(shorten(group.folder))}`;
}

interface Sums {
	readonly ownedBytes: number;
	readonly restBytes: number;
}

const sums = new WeakMap<Packages, Sums>();

function sumsOf(packages: Packages): Sums {
	const kept = sums.get(packages);
	if (kept !== undefined) return kept;
	const sumUp = (sum: number, { bytes }: { readonly bytes: number }): number => sum + bytes;
	const added = {
		ownedBytes: packages.packages.reduce(sumUp, 0),
		restBytes: packages.unowned.reduce(sumUp, 0),
	};
	sums.set(packages, added);
	return added;
}

function heading(image: OpenedImage, columns: number): Line {
	const packages = knownValue(image.details.packages);
	if (packages === null)
		return imageVerdict(image, { text: unknownText(image, 'packages') ?? '', facts: '' }, columns);
	const { ownedBytes, restBytes } = sumsOf(packages);
	const count = packages.packages.length;
	const owned =
		count === 0
			? 'No package is known'
			: `${formatCount(count)} ${count === 1 ? 'package owns' : 'packages own'} ${formatBytes(ownedBytes)}`;
	const text = `${owned}; ${formatBytes(restBytes)} nobody owns`;
	return imageVerdict(
		image,
		{ text, facts: unreadText(packages.unreadLayers), factStyle: 'warning' },
		columns,
	);
}

/** The columns for which there is not always room. */
interface Columns {
	readonly bar: boolean;
	readonly added: boolean;
	readonly files: boolean;
}

/** The column that is sorted by takes the place of another one. */
function columnsWithin(width: number, sortedBy: string): Columns {
	const isRoomy = width >= WITH_ADDED;
	const isByAdded = sortedBy === 'added' && !isRoomy;
	return {
		bar: width >= WITH_BAR && !isByAdded,
		added: isRoomy || isByAdded,
		files: width >= (isByAdded ? WITH_BAR : WITH_FILES),
	};
}

/** Of the name and the version. */
function nameWidths(width: number, { bar, added, files }: Columns): readonly [number, number] {
	const others =
		SIZE_WIDTH +
		(bar ? BAR_WIDTH + 1 : 0) +
		(added ? SIZE_WIDTH : 0) +
		(files ? FILES_WIDTH : 0) +
		TYPE_WIDTH +
		LAYER_WIDTH +
		6;
	const room = Math.max(12, width - others);
	const name = Math.ceil(room * 0.6);
	return [name, room - name];
}

function packageRow(item: PackageItem, image: OpenedImage, width: number, sortedBy: string): readonly Span[] {
	const packages = knownValue(image.details.packages);
	const most = Math.max(1, packages?.packages[0]?.bytes ?? 0, packages?.unowned[0]?.bytes ?? 0);
	const isNobody = item.kind === 'nobody';
	const { bytes, files } = isNobody ? item.group : item.package;
	const columns = columnsWithin(width, sortedBy);
	const [name, version] = nameWidths(width, columns);
	const cells = isNobody
		? { added: formatBytes(bytes), type: '-', name: nobodyName(item), version: '', layer: '' }
		: {
				added: formatBytes(item.package.addedBytes),
				type: item.package.type,
				name: escapeForTerminal(shorten(item.package.name)),
				version: escapeForTerminal(shorten(item.package.version)),
				layer: String(item.package.layerIndex + 1),
			};
	return [
		span(padStart(formatBytes(bytes), SIZE_WIDTH)),
		...(columns.bar ? [span(` ${padEnd(bar(bytes / most, BAR_WIDTH), BAR_WIDTH)}`, 'bar')] : []),
		...(columns.added ? [span(padStart(cells.added, SIZE_WIDTH), 'faint')] : []),
		...(columns.files ? [span(padStart(formatCount(files), FILES_WIDTH), 'faint')] : []),
		span(`  ${padEnd(cells.type, TYPE_WIDTH)}`, 'faint'),
		span(`${padEnd(cells.name, name)} `, isNobody ? 'faint' : 'plain'),
		span(padEnd(cells.version, version), 'faint'),
		span(padStart(cells.layer, LAYER_WIDTH + 1), 'faint'),
	];
}

function spokenPackage(item: PackageItem): string {
	const isNobody = item.kind === 'nobody';
	const { bytes } = isNobody ? item.group : item.package;
	const files = `${formatCount(filesOf(item))} ${filesOf(item) === 1 ? 'file' : 'files'}`;
	if (isNobody) return `${formatBytes(bytes)}, ${files}, ${nobodyName(item)}`;
	const { name, version, type, layerIndex } = item.package;
	const called = escapeForTerminal(`${shorten(name)} ${shorten(version)}`);
	return `${called}, ${type}, ${formatBytes(bytes)}, ${files}, layer ${layerIndex + 1}`;
}

/** Its largest file; without one, the file that says that it is there. */
function placeOf(item: PackageItem, { details, tree }: OpenedImage): FilePlace | null {
	const packages = knownValue(details.packages);
	const [largest] = packages === null ? [] : largestFiles(item, packages, tree);
	const node = largest ?? (item.kind === 'package' ? item.package.node : null);
	return node === null ? null : { node, layer: lastLayerOf(tree, node) };
}
