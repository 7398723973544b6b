import { FathomError } from '../../errors.ts';
import type { TransferLimits } from '../image-source.ts';
import type { SlowPart } from './http/pace.ts';

/** For a document, or the start of an answer, that takes too long. `where` is the host. */
export function tooLate(where: string, what: string, { documentSeconds }: TransferLimits): FathomError {
	const seconds = documentSeconds ?? 0;
	return new FathomError({
		code: 'unavailable',
		message: `${where}: ${what} did not arrive within ${count(seconds, 'second')}.`,
		hint: `Try again, or wait longer: FATHOM_REGISTRY_TIMEOUT=${Math.ceil(seconds * 5)}s (the setting registry-timeout).`,
	});
}

/** For a blob that arrives too slowly. */
export function tooSlow(where: string, what: string, { bytes, seconds }: SlowPart): FathomError {
	return new FathomError({
		code: 'unavailable',
		message: `${where}: ${what} arrives too slowly: ${count(bytes, 'byte')} in ${count(Math.round(seconds), 'second')}.`,
		hint: `Try again, or wait longer: FATHOM_REGISTRY_RATE=${Math.floor(bytes / seconds / 2) || 'off'} (the setting registry-rate, bytes a second).`,
	});
}

function count(number: number, unit: string): string {
	return `${number} ${unit}${number === 1 ? '' : 's'}`;
}
