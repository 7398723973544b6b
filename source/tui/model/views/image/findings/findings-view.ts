import { explanationOf } from '../../../../../analysis/findings/explanations/explanations.ts';
import type { ImageFindings, ListedFinding } from '../../../../../analysis/findings/image-findings.ts';
import { formatBytes, formatCount, formatPercent } from '../../../../../text/bytes.ts';
import { escapeForTerminal } from '../../../../../text/escape.ts';
import { shorten } from '../../../../../text/shorten.ts';
import { cellWidth, cutText } from '../../../../../text/width.ts';
import { padEnd, padStart } from '../../../cells.ts';
import { shownPath } from '../../../frame/names.ts';
import { knownValue } from '../../../image-details.ts';
import { type Line, type Span, type StyleName, span } from '../../../line.ts';
import type { OpenedImage } from '../../../opened-image.ts';
import { searchedText } from '../../list/detail-rows.ts';
import { layerNumber, safeText } from '../../list/exported-cells.ts';
import { listView } from '../../list/list-view.ts';
import { itemsOf, unknownText, unreadText } from '../known-detail.ts';
import { instructionOfLayer } from '../layer-words.ts';
import { imageVerdict } from '../verdict-line.ts';
import { adviceText, findingDetails } from './finding-details.ts';
import { acceptanceRule, layersOf, placeOfFinding } from './finding-words.ts';

const SIZE_WIDTH = 9;
const AFTER_WIDTH = 6;
const LAYERS_WIDTH = 9;
/** Less of a path says nothing. */
const MINIMUM_PATH = 8;

/** What is to be done about the image, the greatest saving first. */
export const findingsView = listView<OpenedImage, ListedFinding, 'findings' | 'finding'>({
	kind: 'image',
	title: 'Findings',
	panes: { list: 'findings', details: 'finding' },
	help: {
		title: 'Signs of findings',
		rows: [
			{ sign: '!', style: 'warning', meaning: 'a risk: nothing to save, but something may harm' },
			{ sign: '✓', style: 'good', meaning: 'accepted in fathom.yaml' },
			{ sign: 'after', style: 'faint', meaning: 'what is left of the image when this alone is mended' },
		],
	},
	tab: ({ details }) => {
		const found = knownValue(details.findings);
		return { name: 'Findings', count: found === null ? null : openOf(found).length };
	},
	heading,
	items: ({ details }) => itemsOf(details.findings, ({ findings }) => findings),
	head: (_, width, sorted) =>
		[
			padStart(sorted('saves'), SIZE_WIDTH),
			padStart('after', AFTER_WIDTH),
			`${padEnd('  what', whatWidth(width) + 2)} ${sorted('layers')}`,
		]
			.join('')
			.slice(1),
	facts: () => '',
	row: findingRow,
	nameOf: ({ code, places }, { tree }) => {
		const [place] = places;
		return place === undefined ? code : `${code}  ${shownPath(tree, place.node)}`;
	},
	texts: findingTexts,
	orders: [
		{ column: 'saves', description: 'by what is saved', amountOf: null },
		{
			column: 'layers',
			description: 'by layer',
			amountOf: ({ wastedIn, shippedIn }) => wastedIn ?? shippedIn ?? -1,
		},
	],
	details: findingDetails,
	detailFacts: ({ level }) => level,
	empty: (image) => unknownText(image, 'findings') ?? 'Nothing is to be done.',
	placeOf: (finding, { tree }) => placeOfFinding(finding, tree),
	textOf: adviceText,
	ruleOf: (finding, { tree }) => acceptanceRule(finding, tree),
	exported: {
		name: 'findings',
		columns: [
			{ name: 'code', cellOf: ({ code }) => code },
			{ name: 'level', cellOf: ({ level }) => level },
			{ name: 'savedBytes', cellOf: ({ savedBytes }) => savedBytes },
			{ name: 'bytes', cellOf: ({ bytes }) => bytes },
			{ name: 'shippedIn', cellOf: ({ shippedIn }) => layerNumber(shippedIn) },
			{ name: 'wastedIn', cellOf: ({ wastedIn }) => layerNumber(wastedIn) },
			{ name: 'accepted', cellOf: ({ acceptedBecause }) => safeText(acceptedBecause) },
			{ name: 'title', cellOf: ({ title }) => safeText(title) },
			{
				name: 'path',
				cellOf: ({ places: [place] }, { tree }) => (place ? shownPath(tree, place.node) : null),
			},
			{ name: 'advice', cellOf: ({ advice }) => safeText(advice.text) },
		],
	},
	command: ['report', '--only', 'findings'],
	spoken: { needs: ['findings'], row: spokenFinding },
});

function openOf({ findings }: ImageFindings): readonly ListedFinding[] {
	return findings.filter(({ acceptedBecause }) => acceptedBecause === null);
}

function heading(image: OpenedImage, columns: number): Line {
	const found = knownValue(image.details.findings);
	if (found === null)
		return imageVerdict(image, { text: unknownText(image, 'findings') ?? '', facts: '' }, columns);
	const accepted = found.findings.length - openOf(found).length;
	const facts = [
		unreadText(found.unreadLayers),
		...(accepted === 0 ? [] : [`${formatCount(accepted)} accepted`]),
	];
	return imageVerdict(
		image,
		{ text: fixAllText(image, found), facts: facts.filter(Boolean).join(' · ') },
		columns,
	);
}

function fixAllText({ figures: { totalBytes } }: OpenedImage, found: ImageFindings): string {
	const count = openOf(found).length;
	if (count === 0) return 'Nothing is to be done';
	const { savedBytes } = found;
	if (savedBytes === 0)
		return `${formatCount(count)} found, which ${count === 1 ? 'saves' : 'save'} no bytes`;
	const after = `${formatBytes(totalBytes)} → ${formatBytes(totalBytes - savedBytes)}`;
	const share = formatPercent(savedBytes / totalBytes);
	return `Fix all ${formatCount(count)}: ${after}, saves ${formatBytes(savedBytes)} (${share})`;
}

function whatWidth(width: number): number {
	return Math.max(10, width - 2 - SIZE_WIDTH - AFTER_WIDTH - LAYERS_WIDTH - 2);
}

function findingRow(finding: ListedFinding, { figures, tree }: OpenedImage, width: number): readonly Span[] {
	const { savedBytes, acceptedBecause } = finding;
	const isAccepted = acceptedBecause !== null;
	const mark = markOf(finding);
	const after = savedBytes === 0 || isAccepted ? '' : afterText(1 - savedBytes / figures.totalBytes);
	const room = whatWidth(width);
	const text = isAccepted
		? `${codeWords(finding)}  accepted: ${escapeForTerminal(shorten(acceptedBecause))}`
		: whatOf(finding, tree, room);
	return [
		span(mark.sign, mark.style),
		span(padStart(formatBytes(savedBytes), SIZE_WIDTH - 1), savedBytes === 0 ? 'faint' : 'plain'),
		span(padStart(after, AFTER_WIDTH), 'faint'),
		span(`  ${padEnd(text, room)}`, isAccepted ? 'faint' : 'plain'),
		span(` ${padEnd(layersOf(finding), LAYERS_WIDTH)}`, 'faint'),
	];
}

/** Rounded so that what is saved never reads as nothing. */
function afterText(ratio: number): string {
	return `${Math.min(99, Math.max(0, Math.round(ratio * 100)))} %`;
}

function markOf({ level, acceptedBecause }: ListedFinding): {
	readonly sign: string;
	readonly style: StyleName;
} {
	if (acceptedBecause !== null) return { sign: '✓', style: 'good' };
	return level === 'risk' ? { sign: '!', style: 'warning' } : { sign: ' ', style: 'plain' };
}

function spokenFinding(finding: ListedFinding, { tree }: OpenedImage): string {
	const { level, savedBytes, title, places, acceptedBecause } = finding;
	const [place] = places;
	const start = savedBytes === 0 ? level : `saves ${formatBytes(savedBytes)}`;
	const accepted = acceptedBecause === null ? '' : 'accepted, ';
	const where = place === undefined ? '' : `, in ${shownPath(tree, place.node)}`;
	// What is saved has been said.
	const what = escapeForTerminal(title).replace(`: ${formatBytes(savedBytes)}`, '');
	return `${accepted}${start}: ${what}${where}`;
}

/** What it is about in a few words, and where; a risk says itself what may harm. */
function whatOf(finding: ListedFinding, tree: OpenedImage['tree'], room: number): string {
	const { level, title, places } = finding;
	if (level === 'risk') return escapeForTerminal(shorten(title));
	const words = codeWords(finding);
	const [place] = places;
	const pathRoom = room - cellWidth(words) - 2;
	if (place === undefined || pathRoom < MINIMUM_PATH) return words;
	return `${words}  ${cutText(shownPath(tree, place.node), pathRoom, 'middle')}`;
}

/** `owner changed`. */
function codeWords({ code }: ListedFinding): string {
	return code.replaceAll('-', ' ');
}

function findingTexts(finding: ListedFinding, image: OpenedImage): readonly string[] {
	const { code, level, title, places, shippedIn, wastedIn } = finding;
	const layers = [shippedIn, wastedIn].filter((layer) => layer !== null);
	return [
		code,
		level,
		searchedText(title),
		codeWords(finding),
		explanationOf(code)?.summary ?? '',
		...places.map(({ node }) => shownPath(image.tree, node)),
		...layers.map((layer) => searchedText(instructionOfLayer(image, layer) ?? '')),
	];
}
