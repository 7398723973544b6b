import { formatCount } from '../../text/bytes.ts';
import { escapeForTerminal } from '../../text/escape.ts';
import { shorten } from '../../text/shorten.ts';
import type { TableLayout } from '../../text/table.ts';
import type { Warning } from '../../warning.ts';
import type { ReportInput } from '../reporter.ts';

/** Warnings and notices, one on each line. */
export function remarkSection(
	{ image }: Pick<ReportInput, 'image'>,
	{ paint }: Pick<TableLayout, 'paint'>,
): string[] {
	return [
		...image.warnings.map((warning) => formatWarning(warning, { paint })),
		...image.notices.map(({ message }) => `${paint('faint', 'notice:')} ${escapeForTerminal(message)}`),
	];
}

/** A warning in one line. */
export function formatWarning(warning: Warning, { paint }: Pick<TableLayout, 'paint'>): string {
	return `${paint('warning', 'warning:')} ${describeWarning(warning)}`;
}

function describeWarning({ layerIndex, message, count, example }: Warning): string {
	const prefix = layerIndex === null ? '' : `layer ${layerIndex + 1}: `;
	const examples = [
		...(example === null ? [] : [shorten(example)]),
		...(count > 1
			? [example === null ? `${formatCount(count)} times` : `and ${formatCount(count - 1)} more`]
			: []),
	];
	return escapeForTerminal(`${prefix}${message}${examples.length > 0 ? ` (${examples.join(', ')})` : ''}`);
}
