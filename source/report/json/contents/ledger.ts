import type { Ledger } from '../../../analysis/ledger/ledger.ts';
import type { JsonWriter } from '../json-writer.ts';

/** Writes the member `ledger` of a report. */
export function ledgerJson(json: JsonWriter, { rows, hardLinks, known }: Ledger): void {
	json.value('ledger', {
		rows: rows.map(({ step, from, amount, to }) => ({
			step,
			fromBytes: from,
			amountBytes: amount,
			toBytes: to,
		})),
		hardLinks,
		known,
	});
}
