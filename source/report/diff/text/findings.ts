import type { FindingChange } from '../../../analysis/findings/compare-findings.ts';
import type { KnownFinding } from '../../../analysis/findings/known-findings.ts';
import { formatBytes, formatCount } from '../../../text/bytes.ts';
import { escapeForTerminal, escapePath } from '../../../text/escape.ts';
import { formatInstruction } from '../../../text/instruction.ts';
import { shorten } from '../../../text/shorten.ts';
import { type Cell, formatTable, type TableLayout } from '../../../text/table.ts';
import { cutText } from '../../../text/width.ts';

/** As many as leave room for the rest on one screen. */
const SHOWN = 10;
/** Tables narrower than this have no room for instructions. */
const WITH_INSTRUCTIONS = 100;
/** The columns before that of the path, with the gaps behind them. */
const FIXED_WIDTH = 57;
/** Where lines may be as long as they need, a hostile path still has an end. */
const LONGEST_PATH = 1000;

const columns = [
	{ header: '' },
	{ header: 'old', align: 'right' },
	{ header: 'new', align: 'right' },
	{ header: 'finding' },
	{ header: 'layer', align: 'right' },
] as const;

type Change = FindingChange<KnownFinding>;

export interface FindingLayout extends TableLayout {
	/** Whether all findings are listed. */
	readonly isFull: boolean;
}

/** Which findings are new, gone or grown. Empty where none is. */
export function findingSection(changes: readonly Change[] | null, layout: FindingLayout): string[] {
	const changed = changedFindings(changes);
	if (changed.length === 0) return [];
	// A risk costs few bytes or none, so that it is behind all others.
	const shown = changed.filter(
		(change, index) => layout.isFull || index < SHOWN || shownOf(change).level === 'risk',
	);
	const hidden = changed.length - shown.length;
	return [
		layout.paint('heading', 'Findings'),
		...findingLines(shown, layout),
		...(hidden > 0
			? [layout.paint('faint', `  and ${formatCount(hidden)} more; --full lists all of them`)]
			: []),
	];
}

/** Those that a reader wants to know of: what shrank a little or stayed as it was is left out. */
export function changedFindings(changes: readonly Change[] | null): readonly Change[] {
	return (changes ?? []).filter(({ kind }) => kind !== 'less');
}

/** A table of them; safe to print. */
export function findingLines(changed: readonly Change[], layout: TableLayout): string[] {
	const { width } = layout;
	const alike = rowsAlike(changed);
	const places = changed.map((change) => placeOf(change, (alike.get(rowKey(change)) ?? 0) > 1));
	if (width !== null && width < WITH_INSTRUCTIONS) {
		const rows = changed.map((change, index) => [...cellsOf(change), places[index]]);
		return formatTable([...columns, { header: 'path', cut: 'middle' }], rows, layout);
	}
	const room = width === null ? LONGEST_PATH : Math.floor((width - FIXED_WIDTH) / 2);
	const rows = changed.map((change, index) => [
		...cellsOf(change),
		cutText(places[index], room, 'middle'),
		instructionOf(change),
	]);
	return formatTable([...columns, { header: 'path' }, { header: 'instruction', cut: 'end' }], rows, layout);
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

function shownOf({ finding, older }: Change): KnownFinding {
	return (finding ?? older) as KnownFinding;
}

function cellsOf(change: Change): readonly Cell[] {
	const { kind, finding, older } = change;
	const { code, layerIndex } = shownOf(change);
	return [
		{ text: kind, tone: tones[kind] },
		older === null ? '-' : formatBytes(older.bytes),
		finding === null ? '-' : formatBytes(finding.bytes),
		escapeForTerminal(code),
		layerIndex === null ? '' : String(layerIndex + 1),
	];
}

function instructionOf(change: Change): string {
	const { wastedBy, shippedBy } = shownOf(change);
	const instruction = wastedBy ?? shippedBy;
	return instruction === null ? '' : formatInstruction(instruction);
}

/** The path that a finding is about most, and whose bytes they are where that alone tells it apart from another row. */
function placeOf(change: Change, isAlike: boolean): string {
	const { paths, shippedIn, layerIndex } = shownOf(change);
	if (paths.length === 0) return '';
	const more = paths.length > 1 ? ` and ${formatCount(paths.length - 1)} more` : '';
	const from = isAlike && shippedIn !== null && shippedIn !== layerIndex ? ` of layer ${shippedIn + 1}` : '';
	return `/${escapePath(shorten(paths[0]))}${more}${from}`;
}

function rowKey(change: Change): string {
	const { code, layerIndex, paths } = shownOf(change);
	return JSON.stringify([change.kind, code, layerIndex, paths.at(0)]);
}

/** How many rows there are of each code, layer and path. */
function rowsAlike(changed: readonly Change[]): ReadonlyMap<string, number> {
	const counts = new Map<string, number>();
	for (const change of changed) counts.set(rowKey(change), (counts.get(rowKey(change)) ?? 0) + 1);
	return counts;
}
