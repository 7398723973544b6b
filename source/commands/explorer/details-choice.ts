import type { CommandContext } from '../command.ts';
import type { DetailsChoice } from './details-display.ts';

/** Which details the explorer works out, as the settings say. */
export function detailsChoiceOf({ accepted, copiesBytes }: CommandContext['settings']): DetailsChoice {
	// Null: copies of any size.
	return { accepted, copiesFromBytes: copiesBytes ?? 0 };
}
