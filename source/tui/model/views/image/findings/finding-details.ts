import { explanationOf } from '../../../../../analysis/findings/explanations/explanations.ts';
import type { Place } from '../../../../../analysis/findings/finding.ts';
import { MOST_PLACES } from '../../../../../analysis/findings/fold-places.ts';
import { efficiencyWithout, type ListedFinding } from '../../../../../analysis/findings/image-findings.ts';
import { formatBytes, formatCount, formatPercent } from '../../../../../text/bytes.ts';
import { escapeForTerminal } from '../../../../../text/escape.ts';
import { instructionLines } from '../../../../../text/instruction.ts';
import { padStart } from '../../../cells.ts';
import { shownPath } from '../../../frame/names.ts';
import { type StyleName, span } from '../../../line.ts';
import type { OpenedImage } from '../../../opened-image.ts';
import { type DetailRow, field, paragraph, textRows } from '../../list/detail-rows.ts';
import { type DetailPart, knownList } from '../../list/row-list.ts';
import { layerRows } from '../layer-words.ts';

const BYTES_WIDTH = 8;

const levelStyles: Readonly<Record<ListedFinding['level'], StyleName>> = {
	waste: 'bad',
	risk: 'warning',
	hint: 'plain',
};

/** Everything about a finding: what is so, who did it, what to do instead, where, and why it matters. */
export function findingDetails(
	finding: ListedFinding,
	image: OpenedImage,
	width: number,
): readonly DetailPart[] {
	const { title, level, savedBytes, shippedIn, wastedIn } = finding;
	const blamed = wastedIn ?? shippedIn;
	const shipper = shippedIn === blamed ? null : shippedIn;
	return [
		...paragraph(escapeForTerminal(title), width, levelStyles[level]),
		...(savedBytes === 0 ? [] : savedRows(finding, image, width)),
		...(finding.isOfBase ? field('blame', 'the base image alone', { width }) : []),
		...acceptedRows(finding, width),
		...(blamed === null ? [] : layerRows(image, blamed, width)),
		...adviceRows(finding, width),
		...placeRows(finding.places, image, width),
		...(shipper === null
			? []
			: [[], [span('The bytes are from', 'faint')], ...layerRows(image, shipper, width)]),
		[],
		...whyRows(finding, width),
	];
}

/** What is saved, what is left of the image then, and what a waste costs in efficiency. */
function savedRows(finding: ListedFinding, { figures }: OpenedImage, width: number): readonly DetailRow[] {
	const { level, bytes, savedBytes, sharedWith } = finding;
	const { totalBytes, efficiency } = figures;
	const isShared = sharedWith.length > 0;
	const left = totalBytes - savedBytes;
	const saves = `${formatBytes(savedBytes)}${isShared ? ` of ${formatBytes(bytes)}` : ''}`;
	const leaves = `leaves ${formatBytes(left)} (${formatPercent(left / totalBytes)})`;
	const rest = isShared ? `; the rest is saved by ${sharedWith.join(', ')}` : '';
	const after = efficiencyWithout(finding, figures);
	return [
		...field('saves', `${saves}, ${leaves}${rest}`, { width }),
		...(level === 'waste'
			? field('efficiency', `${formatPercent(efficiency)} → ${formatPercent(after)}`, { width })
			: []),
	];
}

function acceptedRows({ acceptedBecause }: ListedFinding, width: number): readonly DetailRow[] {
	if (acceptedBecause === null) return [];
	return field('accepted', escapeForTerminal(acceptedBecause), { width, style: 'good' });
}

function adviceRows({ advice }: ListedFinding, width: number): readonly DetailRow[] {
	return [
		[span('Instead', 'strong')],
		...textRows(advice.text, width),
		...(advice.edit === null
			? []
			: [...signedRows('-', advice.edit.from, width), ...signedRows('+', advice.edit.to, width)]),
		[],
	];
}

function signedRows(sign: '-' | '+', text: string, width: number): readonly DetailRow[] {
	const style: StyleName = sign === '-' ? 'removed' : 'added';
	return textRows(text, width - 2).map((row, index) => [
		span(index === 0 ? `${sign} ` : '  ', style),
		...row.map(({ text: line }) => span(line, style)),
	]);
}

function placeRows(places: readonly Place[], { tree }: OpenedImage, width: number): readonly DetailPart[] {
	if (places.length === 0) return [];
	const rows = knownList(places.length, (index) => {
		const { node, files, bytes } = places[index];
		const count = files > 1 ? `  (${formatCount(files)} files)` : '';
		const lines = paragraph(`${shownPath(tree, node)}${count}`, width - BYTES_WIDTH - 2);
		return lines.map((row, line) => [
			span(padStart(line === 0 && bytes > 0 ? formatBytes(bytes) : '', BYTES_WIDTH), 'warning'),
			span('  '),
			...row,
		]);
	});
	const isCut = places.length >= MOST_PLACES;
	const most = isCut
		? [[span(`These are the ${formatCount(places.length)} largest places.`, 'faint')] as const]
		: [];
	return [[span('Where', 'strong')], rows, ...most];
}

function whyRows({ code }: ListedFinding, width: number): readonly DetailRow[] {
	const explanation = explanationOf(code);
	if (explanation === undefined) return [];
	return [
		[span('Why', 'strong')],
		...paragraph(explanation.why, width),
		...paragraph(`fathom explain ${code} shows an example.`, width, 'faint'),
	];
}

/** What to write instead, or else what to do: safe for a terminal, with the lines of the instruction. */
export function adviceText({ advice }: ListedFinding): string {
	return instructionLines(advice.edit?.to ?? advice.text, 100_000).join('\n');
}
