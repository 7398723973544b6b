import type { TableLayout } from '../../../text/table.ts';
import { remarkSection } from '../../text/remarks.ts';
import type { DifferenceInput } from '../compared.ts';
import { notKnown } from '../not-known.ts';

/** What could not be compared, and the warnings and notices of both images, one on each line. */
export function remarkLines(
	{ images, difference }: Pick<DifferenceInput, 'images' | 'difference'>,
	layout: Pick<TableLayout, 'paint'>,
): string[] {
	const remarks = images.flatMap((image, side) =>
		remarkSection(image, layout).map((line) => `${side === 0 ? 'old' : 'new'}: ${line}`),
	);
	const unknown = notKnown(difference).map((line) => layout.paint('warning', line));
	return [...unknown, ...remarks];
}
