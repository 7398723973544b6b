import { explanationOf } from '../../../../../analysis/findings/explanations/explanations.ts';
import {
	type ImageFindings,
	type ListedFinding,
	savedInTheBase,
	savedWaste,
} from '../../../../../analysis/findings/image-findings.ts';
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
/** Of what is left of the image, in percent. */
const LEAVES_WIDTH = 7;
const LAYERS_WIDTH = 9;
/** Cells of the line above the list besides its texts. */
const VERDICT_CELLS = 8;
/** Less of a path says nothing, so that the words before it are cut first. */
const MINIMUM_PATH = 14;
/** Less of the words says nothing, so that they are there without a path. */
const MINIMUM_WORDS = 10;

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
			{ sign: 'leaves', style: 'faint', meaning: 'how much of the image is left when this alone is mended' },
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
			padStart('leaves', LEAVES_WIDTH),
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
	const text = fixAllText(image, found);
	const facts = [
		unreadText(found.unreadLayers),
		...(accepted === 0 ? [] : [`${formatCount(accepted)} accepted`]),
	].filter(Boolean);
	const ways = savedOf(found).map((parts) => [...facts, ...parts].join(' · '));
	const room = columns - cellWidth(text) - VERDICT_CELLS;
	return imageVerdict(
		image,
		{ text, facts: ways.find((way) => cellWidth(way) <= room) ?? facts.join(' · ') },
		columns,
	);
}

/** What the saved bytes are, the most words first: not all that can go is wasted. */
function savedOf({ findings, savedBytes }: ImageFindings): readonly (readonly string[])[] {
	if (savedBytes === 0) return [[]];
	const [wasted, ofBase] = [savedWaste(findings), savedInTheBase(findings)];
	const waste =
		wasted === 0
			? 'all of it is visible'
			: wasted === savedBytes
				? 'all of it wasted'
				: `${formatBytes(wasted)} of it wasted`;
	const whole = wasted === 0 || wasted === savedBytes ? waste : `${waste}, the rest is visible`;
	const base =
		ofBase === 0 ? [] : [ofBase === savedBytes ? 'all in the base' : `${formatBytes(ofBase)} in the base`];
	return [[whole, ...base], [waste, ...base], [waste], []];
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
	return Math.max(10, width - 2 - SIZE_WIDTH - LEAVES_WIDTH - LAYERS_WIDTH - 2);
}

function findingRow(finding: ListedFinding, { figures, tree }: OpenedImage, width: number): readonly Span[] {
	const { savedBytes, acceptedBecause } = finding;
	const isAccepted = acceptedBecause !== null;
	const mark = markOf(finding);
	const leaves = savedBytes === 0 || isAccepted ? '' : shareText(1 - savedBytes / figures.totalBytes);
	const room = whatWidth(width);
	const text = isAccepted
		? `${codeWords(finding)}  accepted: ${escapeForTerminal(shorten(acceptedBecause))}`
		: whatOf(finding, tree, room);
	return [
		span(mark.sign, mark.style),
		span(padStart(formatBytes(savedBytes), SIZE_WIDTH - 1), savedBytes === 0 ? 'faint' : 'plain'),
		span(padStart(leaves, LEAVES_WIDTH), 'faint'),
		span(`  ${padEnd(text, room)}`, isAccepted ? 'faint' : 'plain'),
		span(` ${padEnd(layersOf(finding), LAYERS_WIDTH)}`, 'faint'),
	];
}

/** Rounded so that what is saved never reads as nothing. */
function shareText(ratio: number): string {
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
	if (place === undefined) return words;
	const path = shownPath(tree, place.node);
	const shownWords = cutText(words, room - 2 - Math.min(cellWidth(path), MINIMUM_PATH));
	if (cellWidth(shownWords) < Math.min(cellWidth(words), MINIMUM_WORDS)) return words;
	return `${shownWords}  ${cutText(path, room - cellWidth(shownWords) - 2, 'middle')}`;
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
