import { type FindingChange, findingDelta } from '../../../../../analysis/findings/compare-findings.ts';
import { explanationOf } from '../../../../../analysis/findings/explanations/explanations.ts';
import type { KnownFinding } from '../../../../../analysis/findings/known-findings.ts';
import { formatBytes, formatCount, formatExactBytes } from '../../../../../text/bytes.ts';
import { escapePath } from '../../../../../text/escape.ts';
import { shorten } from '../../../../../text/shorten.ts';
import { cellWidth, cutText } from '../../../../../text/width.ts';
import { padEnd, padStart } from '../../../cells.ts';
import { knownValue } from '../../../image-details.ts';
import { type Span, type StyleName, span } from '../../../line.ts';
import type { OpenedDifference } from '../../../opened-difference.ts';
import { type DetailRow, field, instructionRows, paragraph, searchedText } from '../../list/detail-rows.ts';
import { layerNumber } from '../../list/exported-cells.ts';
import { type ItemSource, noItems } from '../../list/item-source.ts';
import { listView } from '../../list/list-view.ts';
import { deltaText, exactDeltaText } from '../delta.ts';
import { heading } from '../heading.ts';
import { notKnownText } from '../not-known.ts';
import { placeOfPath } from '../place-of-path.ts';

type Change = FindingChange<KnownFinding>;

const DELTA_WIDTH = 10;
const SIZES_WIDTH = 19;
const LAYER_WIDTH = 5;
/** Lists narrower than this do not show both sizes. */
const WITH_SIZES = 64;

const kindMarks: Readonly<
	Record<Change['kind'], { readonly word: string; readonly style: StyleName; readonly meaning: string }>
> = {
	new: { word: 'new', style: 'bad', meaning: 'found in the new image alone' },
	grown: { word: 'grown', style: 'warning', meaning: 'found in both, and about more in the new one' },
	gone: { word: 'gone', style: 'good', meaning: 'found in the old image alone' },
	less: { word: 'less', style: 'faint', meaning: 'found in both, and about no more in the new one' },
};

/** What became of the findings: new, grown and gone ones, the greatest delta first. */
export const findingChangesView = listView<OpenedDifference, Change, 'finding changes' | 'finding change'>({
	kind: 'difference',
	title: 'Findings of both images',
	panes: { list: 'finding changes', details: 'finding change' },
	help: {
		title: 'Words of the findings',
		rows: Object.values(kindMarks).map(({ word, style, meaning }) => ({ sign: word, style, meaning })),
	},
	tab: (subject) => ({ name: 'Findings', count: changesOf(subject)?.length ?? null }),
	heading,
	items: (subject): ItemSource<Change> => changesOf(subject) ?? noItems,
	head: (_, width, sorted) =>
		[
			`${padEnd('', 5)}${padStart(sorted('delta'), DELTA_WIDTH)}`,
			width < WITH_SIZES ? '' : `  ${padEnd('old → new', SIZES_WIDTH)}`,
			`  ${padEnd(sorted('what'), whatWidth(width))}`,
			padStart('layer', LAYER_WIDTH + 1),
		].join(''),
	facts: () => '',
	row: changeRow,
	nameOf: (change) => [codeOf(change), ...pathsOf(change).slice(0, 1)].join('  '),
	texts: (change) => [
		change.kind,
		codeOf(change),
		...pathsOf(change),
		...[shownOf(change).shippedBy, shownOf(change).wastedBy].map((text) => searchedText(text ?? '')),
	],
	orders: [
		{ column: 'delta', description: 'by delta', amountOf: null },
		{ column: 'what', description: 'by what is found', amountOf: null, textOf: codeOf },
	],
	details: changeDetails,
	detailFacts: ({ kind }) => kindMarks[kind].word,
	empty: ({ details }) => {
		const text = notKnownText(details.findings, 'The findings');
		if (text !== null) return text;
		return knownValue(details.findings) === null
			? 'Not known: a saved report is one side.'
			: 'No finding is new, grown or gone.';
	},
	placeOf: (change, subject) => placeOfPath(subject, shownOf(change).paths.at(0) ?? null),
	exported: {
		name: 'findings',
		columns: [
			{ name: 'kind', cellOf: ({ kind }) => kind },
			{ name: 'code', cellOf: codeOf },
			{ name: 'level', cellOf: (change) => shownOf(change).level },
			{ name: 'oldBytes', cellOf: ({ older }) => older?.bytes ?? null },
			{ name: 'newBytes', cellOf: ({ finding }) => finding?.bytes ?? null },
			{ name: 'bytesDelta', cellOf: findingDelta },
			{ name: 'layer', cellOf: (change) => layerNumber(shownOf(change).layerIndex) },
			{ name: 'path', cellOf: (change) => pathsOf(change).at(0) ?? null },
		],
	},
	command: ['diff', '--only', 'figures'],
	spoken: { needs: ['findings'], row: spokenChange },
});

const changed = new WeakMap<readonly Change[], readonly Change[]>();

function changesOf({ details }: OpenedDifference): readonly Change[] | null {
	const all = knownValue(details.findings);
	if (all === null) return null;
	const kept = changed.get(all) ?? all.filter(({ kind }) => kind !== 'less');
	changed.set(all, kept);
	return kept;
}

function shownOf({ finding, older }: Change): KnownFinding {
	return (finding ?? older) as KnownFinding;
}

/** The codes of newer versions of fathom in a saved report are not known here. */
function codeOf(change: Change): string {
	return searchedText(shorten(shownOf(change).code));
}

function pathsOf(change: Change): readonly string[] {
	return shownOf(change).paths.map((path) => `/${escapePath(path)}`);
}

function whatWidth(width: number): number {
	return Math.max(10, width - 7 - DELTA_WIDTH - (width < WITH_SIZES ? 0 : SIZES_WIDTH + 2) - LAYER_WIDTH - 5);
}

function changeRow(change: Change, _: unknown, width: number): readonly Span[] {
	const { word, style } = kindMarks[change.kind];
	const [older, newer] = [change.older, change.finding].map((each) =>
		each === null ? '-' : formatBytes(each.bytes),
	);
	const { layerIndex } = shownOf(change);
	const [path = ''] = pathsOf(change);
	const room = whatWidth(width);
	const found = `${codeOf(change).replaceAll('-', ' ')}  `;
	// Paths of one layer begin alike.
	const where = cutText(path, room - cellWidth(found), 'middle');
	return [
		span(padEnd(word, 6), style),
		span(padStart(deltaText(findingDelta(change)), DELTA_WIDTH)),
		...(width < WITH_SIZES
			? []
			: [span(`  ${padEnd(`${padStart(older, 8)} → ${newer}`, SIZES_WIDTH)}`, 'faint')]),
		span(`  ${padEnd(`${found}${where}`, room)}`),
		span(padStart(layerIndex === null ? '' : String(layerIndex + 1), LAYER_WIDTH + 1), 'faint'),
	];
}

function spokenChange(change: Change): string {
	const [path] = pathsOf(change);
	const { layerIndex } = shownOf(change);
	return [
		`${kindMarks[change.kind].word}: ${codeOf(change).replaceAll('-', ' ')}, ${deltaText(findingDelta(change))}`,
		...(layerIndex === null ? [] : [`layer ${layerIndex + 1}`]),
		...(path === undefined ? [] : [`in ${path}`]),
	].join(', ');
}

function changeDetails(change: Change, _: unknown, width: number): readonly DetailRow[] {
	const { shippedBy, wastedBy, level } = shownOf(change);
	const { meaning, style } = kindMarks[change.kind];
	const explanation = explanationOf(shownOf(change).code);
	const bytes = (name: string, each: KnownFinding | null) =>
		each === null ? [] : field(name, formatExactBytes(each.bytes), { width });
	const paths = pathsOf(change);
	return [
		...field('finding', `${codeOf(change)} (${level})`, { width, style }),
		...field('became', meaning, { width }),
		...bytes('old', change.older),
		...bytes('new', change.finding),
		...field('delta', exactDeltaText(findingDelta(change)), { width }),
		...instructionOf('Layer to blame', wastedBy, width),
		...(shippedBy === wastedBy ? [] : instructionOf('The bytes are from', shippedBy, width)),
		...(paths.length === 0 ? [] : [[span(`Where (${formatCount(paths.length)})`, 'strong')]]),
		...paths.flatMap((path) => paragraph(path, width)),
		...(explanation === undefined ? [] : [[], [span('Why', 'strong')], ...paragraph(explanation.why, width)]),
	];
}

function instructionOf(name: string, instruction: string | null, width: number): readonly DetailRow[] {
	return instruction === null ? [] : [[span(name, 'strong')], ...instructionRows(instruction, width)];
}
