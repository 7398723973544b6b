import type { OwnedPackage, Packages } from '../../../../../analysis/packages/packages.ts';
import { nameLayers } from '../../../../../image/image.ts';
import { formatBytes, formatCount, formatExactBytes } from '../../../../../text/bytes.ts';
import { escapeForTerminal } from '../../../../../text/escape.ts';
import { shorten } from '../../../../../text/shorten.ts';
import { padStart } from '../../../cells.ts';
import { shownPath } from '../../../frame/names.ts';
import { span } from '../../../line.ts';
import type { OpenedImage } from '../../../opened-image.ts';
import { type DetailRow, field, paragraph } from '../../list/detail-rows.ts';
import { type DetailPart, knownList, type RowList } from '../../list/row-list.ts';
import { layerRows } from '../layer-words.ts';
import { OwnedFiles } from './owned-files.ts';
import type { PackageItem } from './package-items.ts';

const BYTES_WIDTH = 8;
/** Names that are put together at once. */
const NAMES_TOGETHER = 30;

/** Everything about a package, or about what nobody owns of a folder. */
export function packageDetails(
	item: PackageItem,
	image: OpenedImage,
	{ packages, width }: { readonly packages: Packages; readonly width: number },
): readonly DetailPart[] {
	const { unreadLayers } = packages;
	const own =
		item.kind === 'nobody'
			? paragraph('No package that is known owns these files.', width)
			: ownRows(item.package, { packages, width });
	return [
		...own,
		...(unreadLayers.length === 0
			? []
			: field('not known', `packages of ${nameLayers(unreadLayers)}: contents were not read`, { width })),
		// The list of files may be long.
		...(item.kind === 'nobody' ? [] : [[], ...layerRows(image, item.package.layerIndex, width)]),
		[],
		...fileParts(item, image, { packages, width }),
	];
}

interface Known {
	readonly packages: Packages;
	readonly width: number;
}

function ownRows(each: OwnedPackage, { packages, width }: Known): readonly DetailPart[] {
	const { bytes, addedBytes, also, architecture, source, requiredBy, dependsOn } = each;
	const text = (name: string, value: string | null) =>
		value === null ? [] : field(name, escapeForTerminal(value), { width });
	return [
		...field('bytes', formatExactBytes(bytes), { width }),
		...field('added', `${formatExactBytes(addedBytes)} with all that only it needs`, { width }),
		...(also.files === 0
			? []
			: field('shared', `${countOf(also.files)}, which another package owns`, { width })),
		...text('version', each.version),
		...text('arch', architecture),
		...text('source', source),
		...text('purl', each.purl),
		...(each.isFromSbom
			? field('said by', 'a document such as an SBOM, and no package manager', { width })
			: []),
		...(requiredBy.length === 0
			? field('asked for', 'by no other package', { width })
			: [namesOf('asked for', { start: 'by ', indices: requiredBy }, { packages, width })]),
		...(dependsOn.length === 0
			? field('needs', 'nothing', { width })
			: [namesOf('needs', { start: '', indices: dependsOn }, { packages, width })]),
	];
}

/** All names behind a label, some of them in each part: a hostile package is asked for by a hundred thousand. */
function namesOf(
	label: string,
	{ start, indices }: { readonly start: string; readonly indices: readonly number[] },
	{ packages: { packages }, width }: Known,
): RowList {
	return knownList(Math.ceil(indices.length / NAMES_TOGETHER), (part) => {
		const from = part * NAMES_TOGETHER;
		const names = indices
			.slice(from, from + NAMES_TOGETHER)
			.map((index) => escapeForTerminal(shorten(packages[index].name)));
		const end = from + NAMES_TOGETHER < indices.length ? ',' : '';
		return field(part === 0 ? label : '', `${part === 0 ? start : ''}${names.join(', ')}${end}`, { width });
	});
}

function countOf(files: number): string {
	return `${formatCount(files)} ${files === 1 ? 'file' : 'files'}`;
}

function fileParts(
	item: PackageItem,
	{ tree }: OpenedImage,
	{ packages, width }: Known,
): readonly DetailPart[] {
	const { files: count } = item.kind === 'nobody' ? item.group : item.package;
	const files = new OwnedFiles(item, packages, tree);
	const rowsAt = (index: number): readonly DetailRow[] => {
		const node = files.nodes[index];
		return paragraph(shownPath(tree, node), width - BYTES_WIDTH - 2).map((row, line) => [
			span(padStart(line === 0 ? formatBytes(packages.bytes[node]) : '', BYTES_WIDTH), 'faint'),
			span('  '),
			...row,
		]);
	};
	const list: RowList = {
		count,
		get known() {
			return files.nodes.length;
		},
		prepare: () => files.prepare(),
		rowsAt,
	};
	return [[span(`${countOf(count)}${count === 1 ? '' : ', largest first'}`, 'strong')], list];
}
