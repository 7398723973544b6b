import type { TableLayout } from '../../../text/table.ts';
import { remarkSection } from '../../text/remarks.ts';
import type { DifferenceInput } from '../compared.ts';
import { notKnown } from '../not-known.ts';

/** What is not known of either image, and the warnings and notices of both, one on each line. */
export function remarkLines(
	{ images, difference }: Pick<DifferenceInput, 'images' | 'difference'>,
	layout: Pick<TableLayout, 'paint'>,
): string[] {
	return ([0, 1] as const).flatMap((side) => {
		const unknown = notKnown(difference, side);
		const remarks = [...(unknown === null ? [] : [unknown]), ...remarkSection(images[side], layout)];
		return remarks.map((line) => `${side === 0 ? 'old' : 'new'}: ${line}`);
	});
}
