import { type Span, span } from '../../../line.ts';

/** The narrowest terminal with 16 bytes a row. */
const WIDE_COLUMNS = 80;

/** How many bytes a row shows. */
export function bytesARow(columns: number): number {
	return columns >= WIDE_COLUMNS ? 16 : 8;
}

/** A row of bytes as `hexdump -C` shows it. `offset` is where the row begins in the file. */
export function hexSpans(bytes: Uint8Array, offset: number, width: number): readonly Span[] {
	const pairs = Array.from({ length: width }, (_, index) => {
		const gap = index > 0 && index % 8 === 0 ? ' ' : '';
		return gap + (index < bytes.length ? bytes[index].toString(16).padStart(2, '0') : '  ');
	});
	return [
		span(` ${offset.toString(16).padStart(8, '0')}  `, 'faint'),
		span(pairs.join(' ')),
		span(`  ${String.fromCharCode(...bytes).replaceAll(/[^ -~]/g, '.')}`, 'text'),
	];
}
