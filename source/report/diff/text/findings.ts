import type { FindingChange } from '../../../analysis/findings/compare-findings.ts';
import type { KnownFinding } from '../../../analysis/findings/known-findings.ts';
import { formatBytes, formatCount } from '../../../text/bytes.ts';
import { escapeForTerminal } from '../../../text/escape.ts';
import { formatInstruction } from '../../../text/instruction.ts';
import { formatTable, type TableLayout } from '../../../text/table.ts';

const SHOWN = 10;

const columns = [
	{ header: '' },
	{ header: 'old', align: 'right' },
	{ header: 'new', align: 'right' },
	{ header: 'finding' },
	{ header: 'layer', align: 'right' },
	{ header: 'instruction', cut: 'end' },
] as const;

type Change = FindingChange<KnownFinding>;

/** Which findings are new, gone or grown. Empty where none is. */
export function findingSection(changes: readonly Change[] | null, layout: TableLayout): string[] {
	const changed = changedFindings(changes);
	if (changed.length === 0) return [];
	const hidden = changed.length - SHOWN;
	return [
		layout.paint('heading', 'Findings'),
		...findingLines(changed.slice(0, SHOWN), layout),
		...(hidden > 0
			? [layout.paint('faint', `  and ${formatCount(hidden)} more; the JSON report lists all of them`)]
			: []),
	];
}

/** Those that a reader wants to know of: what shrank a little or stayed as it was is left out. */
export function changedFindings(changes: readonly Change[] | null): readonly Change[] {
	return (changes ?? []).filter(({ kind }) => kind !== 'less');
}

/** A table of them; safe to print. */
export function findingLines(changed: readonly Change[], layout: TableLayout): string[] {
	return formatTable(columns, changed.map(rowOf), layout);
}

/** How many there are of each kind, such as `2 new, 1 gone`. */
export function findingCounts(changed: readonly Change[]): string {
	return (['new', 'grown', 'gone'] as const)
		.map((wanted) => ({ wanted, count: changed.filter(({ kind }) => kind === wanted).length }))
		.filter(({ count }) => count > 0)
		.map(({ wanted, count }) => `${formatCount(count)} ${wanted}`)
		.join(', ');
}

const tones = { new: 'bad', grown: 'bad', gone: 'good', less: 'faint' } as const;

function rowOf({ kind, finding, older }: Change) {
	const { code, layerIndex, wastedBy, shippedBy } = finding ?? older;
	const instruction = wastedBy ?? shippedBy;
	return [
		{ text: kind, tone: tones[kind] },
		older === null ? '-' : formatBytes(older.bytes),
		finding === null ? '-' : formatBytes(finding.bytes),
		escapeForTerminal(code),
		layerIndex === null ? '' : String(layerIndex + 1),
		instruction === null ? '' : formatInstruction(instruction),
	];
}
