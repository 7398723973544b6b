import { shortCount } from '../../../frame/figures.ts';
import type { OpenedImage } from '../../../opened-image.ts';
import { paragraph } from '../../list/detail-rows.ts';
import { type ImageRow, sectionRow, valueRow } from './image-row.ts';

const BASE_DIGEST = 'org.opencontainers.image.base.digest';
/** More of what a warning names than helps. */
const MAXIMUM_EXAMPLE = 1000;

/** What the image is called, and where it was found. */
export function identityRows({ reference, foundIn, description }: OpenedImage): readonly ImageRow[] {
	const { names, manifestDigest, configDigest, annotations, config } = description;
	const baseDigest = annotations[BASE_DIGEST] ?? config.labels[BASE_DIGEST] ?? null;
	const given = (name: string, value: string | null) => (value === null ? [] : [valueRow(name, value)]);
	return [
		sectionRow('Names and digests', (width) =>
			paragraph('What the image is called, and where it was found.', width),
		),
		valueRow('opened as', reference),
		...given('found in', foundIn),
		...names.map((name) => valueRow('name', name)),
		...given('manifest', manifestDigest),
		...given('config', configDigest),
		...given('base', baseDigest),
	];
}

/** What was odd while the image was read, and what is good to know. */
export function messageRows({ warnings, notices }: OpenedImage): readonly ImageRow[] {
	if (warnings.length + notices.length === 0) return [];
	return [
		sectionRow('To know', (width) =>
			paragraph('What was odd while the image was read, and what is good to know.', width),
		),
		...notices.map(({ message }) => valueRow('notice', message)),
		...warnings.map(({ message, count, example, layerIndex }) => {
			const layer = layerIndex === null ? '' : `Layer ${layerIndex + 1}: `;
			const times = count > 1 ? ` (${shortCount(count)} times)` : '';
			const where = example === null ? '' : ` ${example.slice(0, MAXIMUM_EXAMPLE)}`;
			return valueRow('warning', `${layer}${message}${times}${where}`, { mark: '!', style: 'warning' });
		}),
	];
}
