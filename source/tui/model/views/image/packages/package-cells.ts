import type { OwnedPackage } from '../../../../../analysis/packages/packages.ts';
import type { ExportedCell } from '../../../effects/exported-table.ts';
import type { OpenedImage } from '../../../opened-image.ts';
import { layerNumber, safeText } from '../../list/exported-cells.ts';
import type { ListDescription } from '../../list/list-description.ts';
import type { PackageItem } from './package-items.ts';

/** The packages in a file, with what nobody owns. */
export const packageCells: ListDescription<OpenedImage, PackageItem, string>['exported'] = {
	name: 'packages',
	columns: [
		{ name: 'type', cellOf: ofPackage(({ type }) => safeText(type)) },
		{
			name: 'package',
			cellOf: (item) =>
				item.kind === 'nobody' ? safeText(`nobody: ${item.group.folder}`) : safeText(item.package.name),
		},
		{ name: 'version', cellOf: ofPackage(({ version }) => safeText(version)) },
		{
			name: 'bytes',
			cellOf: (item) => (item.kind === 'nobody' ? item.group.bytes : item.package.bytes),
		},
		{ name: 'addedBytes', cellOf: ofPackage(({ addedBytes }) => addedBytes) },
		{
			name: 'files',
			cellOf: (item) => (item.kind === 'nobody' ? item.group.files : item.package.files),
		},
		{ name: 'layer', cellOf: ofPackage(({ layerIndex }) => layerNumber(layerIndex)) },
		{ name: 'purl', cellOf: ofPackage(({ purl }) => safeText(purl)) },
	],
};

/** Nothing for what is no package. */
function ofPackage(cellOf: (each: OwnedPackage) => ExportedCell): (item: PackageItem) => ExportedCell {
	return (item) => (item.kind === 'nobody' ? null : cellOf(item.package));
}
