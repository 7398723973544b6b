import { escapeForTerminal } from '../../../../text/escape.ts';
import type { Known } from '../../image-details.ts';

/** Why a detail of two images is not there, safe for a terminal; null where it is known. `name` begins a sentence. */
export function notKnownText(known: Known<unknown>, name: string): string | null {
	switch (known.kind) {
		case 'known':
			return null;
		case 'waiting':
			return `${name} are being compared ...`;
		case 'failed':
			return `${name} could not be compared: ${escapeForTerminal(known.reason)}`;
	}
}
