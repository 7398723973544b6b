import type { OwnedPackage, Packages, UnownedGroup } from '../../../analysis/packages/packages.ts';
import { nameLayers } from '../../../image/image.ts';
import { formatBytes, formatCount } from '../../../text/bytes.ts';
import { escapeForTerminal, escapePath } from '../../../text/escape.ts';
import { shorten } from '../../../text/shorten.ts';
import { formatTable } from '../../../text/table.ts';
import { wrapWords } from '../wrap-words.ts';
import { type ContentLayout, moreRows } from './content-layout.ts';

const SHOWN_FOLDERS = 5;

const columns = [
	{ header: 'size', align: 'right' },
	{ header: 'added', align: 'right' },
	{ header: 'layer', align: 'right' },
	{ header: 'type' },
	{ header: 'package', cut: 'end' },
] as const;

/** The largest packages, and what nobody owns. */
export function packageSection(
	{ packages, unowned, unreadLayers }: Packages,
	layout: ContentLayout,
): string[] {
	const { paint } = layout;
	const rows = packages.slice(0, layout.mostRows).map((row) => packageRow(row, packages));
	return [
		paint('heading', 'Packages'),
		...wrapWords(summary(packages, unowned), '  ', layout),
		...(unreadLayers.length === 0
			? []
			: [
					`  ${paint('warning', `The contents of ${nameLayers(unreadLayers)} were not read: packages in them are not known.`)}`,
				]),
		...(rows.length === 0 ? [] : formatTable(columns, rows, layout)),
		...moreRows(packages.length - rows.length, layout),
	];
}

function summary(packages: readonly OwnedPackage[], unowned: readonly UnownedGroup[]): string {
	const owned = packages.reduce((sum, { bytes }) => sum + bytes, 0);
	const rest = unowned.reduce((sum, { bytes }) => sum + bytes, 0);
	const folders = unowned
		.filter(({ bytes }) => bytes > 0)
		.slice(0, SHOWN_FOLDERS)
		.map(({ folder, bytes }) => `/${escapePath(shorten(folder))} ${formatBytes(bytes)}`);
	const places = folders.length === 0 ? '' : `: ${folders.join(', ')}`;
	const none =
		packages.length === 0
			? 'No package is known'
			: `${packages.length === 1 ? '1 package owns' : `${formatCount(packages.length)} packages own`} ${formatBytes(owned)}`;
	return `${none}; nobody owns ${formatBytes(rest)}${places}`;
}

function packageRow(row: OwnedPackage, packages: readonly OwnedPackage[]): string[] {
	const { bytes, addedBytes, layerIndex, type, name, version, requiredBy } = row;
	const [first] = requiredBy;
	const more = requiredBy.length > 1 ? ` and ${formatCount(requiredBy.length - 1)} more` : '';
	const by = first === undefined ? '' : `, for ${packages[first].name}${more}`;
	return [
		formatBytes(bytes),
		formatBytes(addedBytes),
		String(layerIndex + 1),
		type,
		escapeForTerminal(shorten(`${name} ${version}`) + by),
	];
}
