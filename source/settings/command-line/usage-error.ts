import { FathomError } from '../../errors.ts';

/** A command line that makes no sense. */
export function usageError(message: string, hint?: string): FathomError {
	return new FathomError({ code: 'usage', message, ...(hint !== undefined && { hint }) });
}
