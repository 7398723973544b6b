import { explanationOf } from '../../../../../analysis/findings/explanations/explanations.ts';
import type { Place } from '../../../../../analysis/findings/finding.ts';
import type { ListedFinding } from '../../../../../analysis/findings/image-findings.ts';
import { formatBytes, formatCount } from '../../../../../text/bytes.ts';
import { escapeForTerminal } from '../../../../../text/escape.ts';
import { instructionLines } from '../../../../../text/instruction.ts';
import { padStart } from '../../../cells.ts';
import { shownPath } from '../../../frame/names.ts';
import { type StyleName, span } from '../../../line.ts';
import type { OpenedImage } from '../../../opened-image.ts';
import { type DetailRow, field, paragraph, textRows } from '../../list/detail-rows.ts';
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
): readonly DetailRow[] {
	const { title, level, bytes, savedBytes, shippedIn, wastedIn, sharedWith } = finding;
	const blamed = wastedIn ?? shippedIn;
	const shipper = shippedIn === blamed ? null : shippedIn;
	const shared =
		sharedWith.length === 0 ? '' : ` of ${formatBytes(bytes)}; the rest is saved by ${sharedWith.join(', ')}`;
	return [
		...paragraph(escapeForTerminal(title), width, levelStyles[level]),
		...(savedBytes === 0 ? [] : field('saves', `${formatBytes(savedBytes)}${shared}`, { width })),
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

function placeRows(places: readonly Place[], { tree }: OpenedImage, width: number): readonly DetailRow[] {
	if (places.length === 0) return [];
	const rows = places.flatMap(({ node, files, bytes }) => {
		const count = files > 1 ? `  (${formatCount(files)} files)` : '';
		const lines = paragraph(`${shownPath(tree, node)}${count}`, width - BYTES_WIDTH - 2);
		return lines.map((row, index) => [
			span(padStart(index === 0 && bytes > 0 ? formatBytes(bytes) : '', BYTES_WIDTH), 'warning'),
			span('  '),
			...row,
		]);
	});
	return [[span('Where', 'strong')], ...rows];
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
