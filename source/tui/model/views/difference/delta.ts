import { formatBytes, formatCount } from '../../../../text/bytes.ts';

/** A difference in bytes with its sign: `+1.21 kB`, `-12 B`, `0 B`. */
export function deltaText(bytes: number): string {
	return withSign(bytes, formatBytes(Math.abs(bytes)));
}

/** The same to the last byte: `+1,208 B`. */
export function exactDeltaText(bytes: number): string {
	return withSign(bytes, `${formatCount(Math.abs(bytes))} B`);
}

/** A text of what an amount is without its sign, with the sign. */
export function withSign(amount: number, text: string): string {
	return `${amount > 0 ? '+' : amount < 0 ? '-' : ''}${text}`;
}
