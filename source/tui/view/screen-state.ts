import type { ExplorerServices } from '../model/effects/requests.ts';
import type { HomeState } from '../model/home/home-state.ts';
import type { ReadingState } from '../model/reading.ts';
import type { ExplorerChoices } from '../model/shown/show-subject.ts';
import type { ExplorerState } from '../model/state.ts';

/** What the terminal shows: the images at hand, the progress of reading one, or the explorer. */
export type ScreenState =
	| { readonly kind: 'home'; readonly home: HomeState }
	| { readonly kind: 'reading'; readonly reading: ReadingState }
	| { readonly kind: 'exploring'; readonly explorer: ExplorerState };

/** What the explorer is given besides what it shows. */
export interface ScreenOffer {
	readonly services: ExplorerServices;
	readonly choices: ExplorerChoices;
	/** What is to be said with the first thing that is explored, once; null for nothing. Safe for a terminal. */
	readonly takeNotice: () => string | null;
}
