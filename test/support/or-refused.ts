import { FactError } from '../../source/facts/fact-reader.ts';

/** What some work on hostile bytes gives, or null where it refuses them as it may. Any other error is a fault of the program. */
export function orRefused<T>(work: () => T): T | null {
	try {
		return work();
	} catch (error) {
		if (error instanceof FactError && !error.message.includes('\n')) return null;
		throw error;
	}
}
