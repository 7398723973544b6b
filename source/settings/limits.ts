import { parseByteCount } from '../text/parse-bytes.ts';

/** What an amount is: a share of one, a share that is written as a percentage, or bytes. */
export type AmountUnit = 'ratio' | 'percent' | 'bytes';

/** The value that a text means, or what was expected instead of the text. */
export type Parsed<Value> =
	| { readonly ok: true; readonly value: Value }
	| { readonly ok: false; readonly expected: string };

/** Reads the limit of a rule: a ratio or bytes; null for `off`. */
export function parseLimit(unit: AmountUnit, text: string): Parsed<number | null> {
	const trimmed = text.trim();
	if (trimmed.toLowerCase() === 'off') return { ok: true, value: null };
	const value = unit === 'bytes' ? parseByteCount(trimmed) : parseRatio(trimmed, unit);
	return value === null ? { ok: false, expected: expectations[unit] } : { ok: true, value };
}

const expectations: Readonly<Record<AmountUnit, string>> = {
	ratio: 'a ratio from 0 to 1 such as 0.9, a percentage such as 90%, or off',
	percent: 'a percentage such as 10%, a ratio below 1 such as 0.1, or off',
	bytes: 'bytes such as 20MB, 20MiB or 20000000, or off',
};

const decimal = /^(?:\d+(?:\.\d*)?|\.\d+)$/;

/**
 * Reads a ratio or a percentage. If the unit is a percentage, a bare 1 is invalid: many people would mean 1 % by it, and a limit of
 * 100 % would let everything pass.
 */
function parseRatio(text: string, unit: 'ratio' | 'percent'): number | null {
	const isPercentage = text.endsWith('%');
	const digits = isPercentage ? text.slice(0, -1).trimEnd() : text;
	if (!decimal.test(digits)) return null;
	// Shifting the decimal point makes 0.7% exactly the number 0.007; a division would round a second time.
	const ratio = Number(isPercentage ? `${digits}e-2` : digits);
	if (ratio > 1 || (unit === 'percent' && !isPercentage && ratio === 1)) return null;
	return ratio;
}

const secondsPerUnit: Readonly<Record<string, number>> = { h: 3600, d: 86_400, w: 604_800 };

/** Reads an age in seconds; null for `off`. */
export function parseAge(text: string): Parsed<number | null> {
	const trimmed = text.trim().toLowerCase();
	if (trimmed === 'off') return { ok: true, value: null };
	const [, digits, unit] = /^(\d{1,6})\s*([hdw])$/.exec(trimmed) ?? [];
	return digits === undefined
		? { ok: false, expected: 'an age such as 12h, 30d or 8w, or off' }
		: { ok: true, value: Number(digits) * secondsPerUnit[unit] };
}

const secondsPerShortUnit: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** Reads a duration in seconds; null for `off`. */
export function parseDuration(text: string): Parsed<number | null> {
	const trimmed = text.trim().toLowerCase();
	if (trimmed === 'off') return { ok: true, value: null };
	const [, digits, unit] = /^(\d{1,6})\s*([smh])$/.exec(trimmed) ?? [];
	return digits === undefined || Number(digits) === 0
		? { ok: false, expected: 'a time such as 30s, 5m or 1h, or off' }
		: { ok: true, value: Number(digits) * secondsPerShortUnit[unit] };
}
