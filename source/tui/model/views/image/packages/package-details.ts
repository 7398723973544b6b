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
import { layerRows } from '../layer-words.ts';
import { largestFiles } from './largest-files.ts';
import type { PackageItem } from './package-items.ts';

const BYTES_WIDTH = 8;
/** More packages than anybody reads the names of. */
const MOST_NAMED = 30;

/** Everything about a package, or about what nobody owns of a folder. */
export function packageDetails(
	item: PackageItem,
	image: OpenedImage,
	{ packages, width }: { readonly packages: Packages; readonly width: number },
): readonly DetailRow[] {
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
		[],
		...fileRows(item, image, { packages, width }),
		...(item.kind === 'nobody' ? [] : [[], ...layerRows(image, item.package.layerIndex, width)]),
	];
}

interface Known {
	readonly packages: Packages;
	readonly width: number;
}

function ownRows(each: OwnedPackage, { packages, width }: Known): readonly DetailRow[] {
	const { bytes, addedBytes, also, architecture, source, requiredBy, dependsOn } = each;
	const text = (name: string, value: string | null) =>
		value === null ? [] : field(name, escapeForTerminal(value), { width });
	return [
		...field('bytes', formatExactBytes(bytes), { width }),
		...field('added', `${formatExactBytes(addedBytes)} with all that only it needs`, { width }),
		...(also.files === 0
			? []
			: field('shared', `${formatCount(also.files)} files, which another package owns`, { width })),
		...text('version', each.version),
		...text('arch', architecture),
		...text('source', source),
		...text('purl', each.purl),
		...(each.isFromSbom
			? field('said by', 'a document such as an SBOM, and no package manager', { width })
			: []),
		...field(
			'asked for',
			requiredBy.length === 0 ? 'by no other package' : `by ${namesOf(requiredBy, packages)}`,
			{
				width,
			},
		),
		...field('needs', dependsOn.length === 0 ? 'nothing' : namesOf(dependsOn, packages), { width }),
	];
}

function namesOf(indices: readonly number[], { packages }: Packages): string {
	const names = indices.slice(0, MOST_NAMED).map((index) => escapeForTerminal(shorten(packages[index].name)));
	const hidden = indices.length - names.length;
	return names.join(', ') + (hidden > 0 ? ` and ${formatCount(hidden)} more` : '');
}

function fileRows(
	item: PackageItem,
	{ tree }: OpenedImage,
	{ packages, width }: Known,
): readonly DetailRow[] {
	const { files } = item.kind === 'nobody' ? item.group : item.package;
	const largest = largestFiles(item, packages, tree);
	const hidden = files - largest.length;
	return [
		[span(`${formatCount(files)} ${files === 1 ? 'file' : 'files, biggest first'}`, 'strong')],
		...largest.flatMap((node) =>
			paragraph(shownPath(tree, node), width - BYTES_WIDTH - 2).map((row, index) => [
				span(padStart(index === 0 ? formatBytes(packages.bytes[node]) : '', BYTES_WIDTH), 'faint'),
				span('  '),
				...row,
			]),
		),
		...(hidden > 0 ? [[span(`${padStart('', BYTES_WIDTH)}  and ${formatCount(hidden)} more`, 'faint')]] : []),
	];
}
