import type { Ledger, LedgerRow } from '../../../analysis/ledger/ledger.ts';
import {
	figuresAfter,
	knownMeanings,
	stepMeanings,
	storedMeaning,
} from '../../../analysis/ledger/ledger-words.ts';
import { formatCount, formatExactBytes } from '../../../text/bytes.ts';
import { formatTable, type TableLayout } from '../../../text/table.ts';

/** How the sizes hang together, in exact bytes, so that anybody can add them up. Steps that change nothing are left out. */
export function ledgerText({ rows, hardLinks }: Ledger, layout: TableLayout): string[] {
	const lines = rows.flatMap((row) => [
		...(row.amount === 0 ? [] : [stepLine(row)]),
		...figureLine(figuresAfter[row.step], row.to),
	]);
	const first = figureLine(storedMeaning, rows[0]?.from ?? 0);
	const { names, savedBytes } = hardLinks;
	return [
		layout.paint('heading', 'Ledger'),
		...formatTable([{}, { align: 'right' }, { cut: 'end' }], [...first, ...lines], layout),
		...(names === 0
			? []
			: [
					`  Hard links: ${formatCount(names)} more ${names === 1 ? 'name' : 'names'} for files, which would take ${formatExactBytes(savedBytes)} as copies.`,
				]),
	];
}

function stepLine({ step, amount }: LedgerRow): string[] {
	const sign = amount < 0 ? '-' : '+';
	return [`  ${step.replace('-', ' ')}`, `${sign}${formatExactBytes(Math.abs(amount))}`, stepMeanings[step]];
}

function figureLine(figure: readonly [string, string] | undefined, bytes: number): string[][] {
	return figure === undefined ? [] : [[figure[0], formatExactBytes(bytes), figure[1]]];
}

/** What other programs show as the size of this image. */
export function knownSizesText({ known }: Ledger, layout: TableLayout): string[] {
	const rows = known.map(({ name, bytes, isApproximate }) => {
		const [label, meaning] = knownMeanings[name];
		if (bytes === null) return [label, 'not known', 'layers are compressed when pushed'];
		return [label, `${isApproximate ? 'about ' : ''}${formatExactBytes(bytes)}`, meaning];
	});
	return [
		layout.paint('heading', 'Its size elsewhere'),
		...formatTable([{}, { align: 'right' }, { cut: 'end' }], rows, layout),
	];
}
