import type { TableLayout } from '../../../text/table.ts';
import { remarkSection } from '../../text/remarks.ts';
import type { DifferenceInput } from '../compared.ts';

/** Warnings and notices of both images, one on each line. */
export function remarkLines(
	{ images }: Pick<DifferenceInput, 'images'>,
	layout: Pick<TableLayout, 'paint'>,
): string[] {
	return images.flatMap((image, side) =>
		remarkSection(image, layout).map((line) => `${side === 0 ? 'old' : 'new'}: ${line}`),
	);
}
