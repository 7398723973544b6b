import { FactError } from '../../fact-reader.ts';
import { varintAt } from './varint.ts';

/** Where the value of a column lies in a row's payload. */
export interface Value {
	readonly kind: 'null' | 'integer' | 'real' | 'blob' | 'text';
	readonly start: number;
	readonly end: number;
}

/** The first columns of a row (SQLite, Database File Format, 2.1). A row that has fewer is a `FactError`. */
export function valuesOf(payload: Uint8Array, count: number): readonly Value[] {
	const header = varintAt(payload, 0);
	const values: Value[] = [];
	let [typeAt, start] = [header.end, header.value];
	while (values.length < count) {
		if (typeAt >= header.value) throw new FactError('a row with too few columns');
		const type = varintAt(payload, typeAt);
		const end = start + bytesOf(type.value);
		if (end > payload.length) throw new FactError('a value beyond the end of its row');
		values.push({ kind: kindOf(type.value), start, end });
		[typeAt, start] = [type.end, end];
	}
	return values;
}

/** An integer of at most 48 bits; anything else is a `FactError`. */
export function integerAt(payload: Uint8Array, { kind, start, end }: Value): number {
	if (kind !== 'integer' || end - start > 6) throw new FactError('a page number that is none');
	return start === end ? 0 : Buffer.from(payload.subarray(start, end)).readUIntBE(0, end - start);
}

const FIXED_BYTES = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0];

function bytesOf(serialType: number): number {
	if (serialType >= 12) return Math.floor((serialType - 12) / 2);
	if (serialType >= FIXED_BYTES.length) throw new FactError('a value of a reserved type');
	return FIXED_BYTES[serialType];
}

function kindOf(serialType: number): Value['kind'] {
	if (serialType >= 12) return serialType % 2 === 0 ? 'blob' : 'text';
	if (serialType === 0) return 'null';
	return serialType === 7 ? 'real' : 'integer';
}
