import type { TableLayout } from '../../../text/table.ts';
import { formatWarning, remarkSection } from '../../text/remarks.ts';
import type { DifferenceInput } from '../compared.ts';
import { notKnown } from '../not-known.ts';

/** What could not be compared, and the warnings and notices of both images, one on each line. */
export function remarkLines(
	{ images, difference, packages }: Pick<DifferenceInput, 'images' | 'difference' | 'packages'>,
	layout: Pick<TableLayout, 'paint'>,
): string[] {
	const remarks = images.flatMap((image, side) =>
		[...remarkSection(image, layout), ...contentWarnings(packages, side, layout)].map(
			(line) => `${side === 0 ? 'old' : 'new'}: ${line}`,
		),
	);
	const unknown = notKnown(difference).map((line) => layout.paint('warning', line));
	return [...unknown, ...remarks];
}

function contentWarnings(
	packages: DifferenceInput['packages'],
	side: number,
	layout: Pick<TableLayout, 'paint'>,
): readonly string[] {
	if (packages?.kind !== 'compared') return [];
	return packages.warnings[side].map((warning) => formatWarning(warning, layout));
}
