import type { Figures } from '../../../analysis/figures.ts';
import type { Place } from '../../../analysis/findings/finding.ts';
import {
	type ImageFindings,
	type ListedFinding,
	savedInTheBase,
} from '../../../analysis/findings/image-findings.ts';
import type { FileTree } from '../../../filetree/file-tree.ts';
import { pathOf } from '../../../filetree/paths.ts';
import { type ImageDescription, nameLayers } from '../../../image/image.ts';
import { formatBytes, formatCount } from '../../../text/bytes.ts';
import { escapeForTerminal, escapePath } from '../../../text/escape.ts';
import { formatInstruction } from '../../../text/instruction.ts';
import type { Tone } from '../../../text/paint.ts';
import { shorten } from '../../../text/shorten.ts';
import type { TableLayout } from '../../../text/table.ts';
import { cutText } from '../../../text/width.ts';
import { wrapWords } from '../wrap-words.ts';
import { editLines } from './edit-lines.ts';

export interface ReportedFindings extends Omit<ImageFindings, 'unused' | 'withContents'> {
	readonly tree: FileTree;
	readonly figures: Pick<Figures, 'totalBytes'>;
	readonly description: Pick<ImageDescription, 'layers'>;
}

const SHOWN_FINDINGS = 20;
const SHOWN_PLACES = 3;
const INDENT = '    ';

/** What to do about the image, a block a finding, and what all of that saves. */
export function findingSection(reported: ReportedFindings, layout: TableLayout): string[] {
	const { findings, unreadLayers } = reported;
	const { paint } = layout;
	const heading = paint('heading', 'Findings');
	const unread = unreadLayers.length === 0 ? [] : unreadLines(unreadLayers, layout);
	if (findings.length === 0) return [heading, '  Nothing is to be done.', ...unread];
	// A risk saves little or nothing, so that it is behind all others.
	const shown = findings.filter(({ level }, index) => index < SHOWN_FINDINGS || level === 'risk');
	const hidden = findings.length - shown.length;
	return [
		heading,
		...shown.flatMap((finding) => findingBlock(finding, reported, layout)),
		...(hidden > 0
			? [paint('faint', `  and ${formatCount(hidden)} more; the JSON report lists all of them`)]
			: []),
		...sumLines(reported, layout),
		...unread,
	];
}

function findingBlock(
	finding: ListedFinding,
	{ tree, description }: ReportedFindings,
	layout: TableLayout,
): string[] {
	const { title, advice, sharedWith, places, acceptedBecause } = finding;
	return [
		headLine(finding, layout),
		...wrapWords(escapeForTerminal(title), INDENT, layout),
		...instructionLines(finding, description, layout),
		...(places.length === 0 ? [] : wrapWords(placesText(tree, places), INDENT, layout)),
		...(acceptedBecause === null
			? [
					...wrapWords(escapeForTerminal(advice.text), INDENT, layout),
					...(advice.edit === null
						? []
						: [...signedLines('-', advice.edit.from, layout), ...signedLines('+', advice.edit.to, layout)]),
				]
			: wrapWords(`Accepted: ${escapeForTerminal(shorten(acceptedBecause))}`, INDENT, layout)),
		...(sharedWith.length === 0
			? []
			: wrapWords(`Some of these bytes are saved by ${sharedWith.join(', ')}.`, INDENT, layout)),
	];
}

const tones: Readonly<Record<ListedFinding['level'], Tone>> = {
	waste: 'bad',
	risk: 'warning',
	hint: 'faint',
};

function headLine(
	{ code, level, savedBytes, isOfBase, acceptedBecause }: ListedFinding,
	{ paint }: TableLayout,
): string {
	const marks = [...(isOfBase ? ['in the base'] : []), ...(acceptedBecause === null ? [] : ['accepted'])];
	const suffix = marks.length === 0 ? '' : ` ${paint('faint', `(${marks.join(', ')})`)}`;
	const saves = savedBytes === 0 ? '' : `  saves ${formatBytes(savedBytes)}`;
	return `  ${paint(tones[level], level)}  ${paint('heading', code)}${saves}${suffix}`;
}

/** What the layers were made by; an instruction that is to be edited is shown there. */
function instructionLines(
	{ shippedIn, wastedIn, advice }: ListedFinding,
	{ layers }: Pick<ImageDescription, 'layers'>,
	{ width }: TableLayout,
): string[] {
	const shown = [...new Set([shippedIn, wastedIn])].filter((index) => index !== null);
	return shown.flatMap((index) => {
		const instruction = layers[index]?.instruction ?? null;
		if (instruction === null || instruction === advice.edit?.from) return [];
		const line = `${INDENT}layer ${index + 1}: ${formatInstruction(instruction)}`;
		return [width === null ? line : cutText(line, width)];
	});
}

function placesText(tree: FileTree, places: readonly Place[]): string {
	const shown = places.slice(0, SHOWN_PLACES).map(({ node, files, bytes }) => {
		const path = `/${escapePath(shorten(pathOf(tree, node)))}`;
		const sum = bytes === 0 ? '' : formatBytes(bytes);
		const parts = [...(files > 1 ? [`${formatCount(files)} files`] : []), ...(sum === '' ? [] : [sum])];
		return parts.length === 0 ? path : `${path} (${parts.join(', ')})`;
	});
	const hidden = places.length - shown.length;
	return `in ${shown.join(', ')}${hidden > 0 ? ` and ${formatCount(hidden)} more` : ''}`;
}

function signedLines(sign: '-' | '+', text: string, { paint, width }: TableLayout): string[] {
	const [tone, prefix] = [sign === '-' ? 'bad' : 'good', `${sign} `] as const;
	const lines = editLines(text, width === null ? null : width - INDENT.length - prefix.length);
	return lines.map((line) => `${INDENT}${paint(tone, `${prefix}${line}`)}`);
}

function sumLines(
	{ findings, savedBytes, figures: { totalBytes } }: ReportedFindings,
	layout: TableLayout,
): string[] {
	const savedInBase = savedInTheBase(findings);
	const accepted = findings.filter(({ acceptedBecause }) => acceptedBecause !== null).length;
	const without =
		accepted === 0 ? '' : `, without ${accepted === 1 ? 'the one' : `the ${formatCount(accepted)}`} accepted`;
	const meaning = `the content of all files in all layers, less what waste and hints save${without}`;
	const lines = [
		`fix all: ${formatBytes(totalBytes)} -> ${formatBytes(totalBytes - savedBytes)} (${meaning})`,
		...(savedInBase === 0
			? []
			: [
					`of that, ${formatBytes(savedInBase)} are in the base, and ${formatBytes(savedBytes - savedInBase)} are yours to save`,
				]),
	];
	return lines.flatMap((line) => wrapWords(line, '  ', layout));
}

function unreadLines(layers: readonly number[], layout: TableLayout): string[] {
	const text = `The contents of ${nameLayers(layers)} were not read: what needs them is not found there.`;
	return wrapWords(text, '  ', layout).map((line) => layout.paint('warning', line));
}
