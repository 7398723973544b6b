import type { Ledger, LedgerRow } from '../../../../../analysis/ledger/ledger.ts';
import {
	figuresAfter,
	knownMeanings,
	stepMeanings,
	storedMeaning,
} from '../../../../../analysis/ledger/ledger-words.ts';
import { nameLayers } from '../../../../../image/image.ts';
import { formatCount, formatExactBytes } from '../../../../../text/bytes.ts';
import { cellWidth } from '../../../../../text/width.ts';
import { knownValue } from '../../../image-details.ts';
import { leftOut, type OpenedImage } from '../../../opened-image.ts';
import { paragraph } from '../../list/detail-rows.ts';
import { unknownText } from '../known-detail.ts';
import { explainedRow, type ImageRow, sectionRow } from './image-row.ts';

/** How the sizes hang together, and what other programs show. */
export function ledgerRows(image: OpenedImage): readonly ImageRow[] {
	const ledger = knownValue(image.details.ledger);
	const heading = sectionRow('Ledger', (width) =>
		paragraph('From the bytes that are stored to those that are visible, to the last byte.', width),
	);
	if (ledger === null) {
		const text = unknownText(image, 'ledger') ?? '';
		return [heading, explainedRow('', text, 'It is there a moment later.')];
	}
	const missing = leftOut(image);
	if (missing.length > 0) {
		const why = 'What is stored of it is known, and not what is in it: the sizes would not add up.';
		return [heading, explainedRow('', `not known without ${nameLayers(missing)}`, why)];
	}
	const rows = [...sizeRows(ledger), ...knownRows(ledger)];
	const figureWidth = Math.max(...rows.map(({ value }) => cellWidth(value)));
	return [heading, ...rows.map((row) => ({ ...row, figureWidth }))];
}

function sizeRows({ rows, hardLinks }: Ledger): readonly ImageRow[] {
	const links =
		hardLinks.names === 0
			? []
			: [
					explainedRow(
						'hard links',
						`${formatCount(hardLinks.names)} more ${hardLinks.names === 1 ? 'name' : 'names'}`,
						`They would take ${formatExactBytes(hardLinks.savedBytes)} as copies.`,
					),
				];
	return [
		...figureRow(storedMeaning, rows[0]?.from ?? 0),
		...rows.flatMap((row) => [
			...(row.amount === 0 ? [] : [changeRow(row)]),
			...figureRow(figuresAfter[row.step], row.to),
		]),
		...links,
	];
}

function changeRow({ step, amount }: LedgerRow): ImageRow {
	const sign = amount < 0 ? '-' : '+';
	const value = `${sign}${formatExactBytes(Math.abs(amount))}`;
	return explainedRow(`  ${step.replace('-', ' ')}`, value, stepMeanings[step]);
}

function figureRow(figure: readonly [string, string] | undefined, bytes: number): readonly ImageRow[] {
	return figure === undefined ? [] : [explainedRow(figure[0], formatExactBytes(bytes), figure[1])];
}

function knownRows({ known }: Ledger): readonly ImageRow[] {
	return known.map(({ name, bytes, isApproximate }) => {
		const [label, meaning] = knownMeanings[name];
		if (bytes === null)
			return explainedRow(label, 'not known', 'Layers are compressed when they are pushed.');
		return explainedRow(label, `${isApproximate ? 'about ' : ''}${formatExactBytes(bytes)}`, meaning);
	});
}
