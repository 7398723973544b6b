import type { ImageFindings, ListedFinding } from '../../analysis/findings/image-findings.ts';
import { wrapWords } from '../../report/text/wrap-words.ts';
import { formatBytes, formatCount } from '../../text/bytes.ts';
import { escapeForTerminal } from '../../text/escape.ts';
import { shorten } from '../../text/shorten.ts';
import { formatTable, type TableLayout } from '../../text/table.ts';

const SHOWN = 3;

/** The findings that save most, and the risks, which save nothing; whatever the rules say. */
export function greatestFindings(
	{ findings }: Pick<ImageFindings, 'findings'>,
	layout: TableLayout,
): string[] {
	const open = findings.filter(({ acceptedBecause }) => acceptedBecause === null);
	return [
		...savingLines(
			open.filter(({ savedBytes }) => savedBytes > 0),
			layout,
		),
		...riskLines(
			open.filter(({ level }) => level === 'risk'),
			layout,
		),
	];
}

function savingLines(counted: readonly ListedFinding[], layout: TableLayout): string[] {
	if (counted.length === 0) return [];
	const rows = counted
		.slice(0, SHOWN)
		.map(({ code, savedBytes, shortTitle, isOfBase }) => [
			formatBytes(savedBytes),
			code,
			`${isOfBase ? 'in the base: ' : ''}${escapeForTerminal(shorten(shortTitle))}`,
		]);
	const hidden = counted.length - rows.length;
	const more =
		hidden > 0 ? [`  and ${formatCount(hidden)} more: fathom report --only findings --format text`] : [];
	return [
		layout.paint('heading', 'Findings that save most'),
		...formatTable(
			[{ header: 'saves', align: 'right' }, { header: 'finding' }, { header: 'what', cut: 'end' }],
			rows,
			layout,
		),
		...more.map((line) => layout.paint('faint', line)),
	];
}

/** `Risks: set-id-added, world-writable (2)`. */
function riskLines(risks: readonly ListedFinding[], layout: TableLayout): string[] {
	if (risks.length === 0) return [];
	const counts = new Map<string, number>();
	for (const { code } of risks) counts.set(code, (counts.get(code) ?? 0) + 1);
	const codes = [...counts].map(([code, count]) => (count === 1 ? code : `${code} (${formatCount(count)})`));
	return wrapWords(`Risks: ${codes.join(', ')}`, '', layout).map((line) => layout.paint('warning', line));
}
