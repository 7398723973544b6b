import type { ImageAtHand } from '../../../image/at-hand/image-at-hand.ts';
import type { Said } from '../../../tui/model/effects/requests.ts';
import type { HomeState } from '../../../tui/model/home/home-state.ts';
import type { OpenedImage } from '../../../tui/model/opened-image.ts';
import type { ImageSheet, Sheet, SheetOptions } from '../../../tui/view/sheets/sheet.ts';
import type { LeftImage } from '../farewell.ts';
import type { WantedStart } from '../start-place.ts';

/** Which image: how it is opened. */
export type VisitedName = Pick<ImageAtHand, 'reference' | 'pick'>;

/** What is shown on one sheet, until the user goes back from it. */
export interface Visit {
	/** Null if the visit shows no single image. */
	readonly name: VisitedName | null;
	/** Rejects when it cannot be shown. */
	readonly finished: Promise<void>;
	/** What is known of the image; null until all layers are read, and if the visit shows no single image. */
	readonly left: LeftImage | null;
	/** Whether all that there is was read; then what is done besides is waited for when the user leaves. */
	readonly isRead: boolean;
	/** Changes the list, where it is one. */
	readonly updateList: ((change: (list: HomeState) => HomeState) => void) | null;
	/** Called when it is shown again. */
	readonly onShown: () => void;
	close(): Promise<void>;
}

/** What is to be shown. */
export interface VisitPlan<On extends ImageSheet = Sheet> {
	readonly options: SheetOptions;
	readonly begin: (sheet: On) => Visit;
}

/** Where the user goes from what is shown. */
export interface Ways {
	/** Opens an image. From a list that was opened for this, the list is not come back to. */
	readonly open: (image: VisitedName) => void;
	/** Opens an image once more, at a place, and drops what was opened before. */
	readonly openAgain: (image: VisitedName, start: WantedStart) => Said;
	/** Back to where the user was before. */
	readonly back: () => void;
	/** Shows the other images of the place where an image is from. */
	readonly pick: (name: VisitedName, image: Pick<OpenedImage, 'choices'>) => Said;
	/** Marks an image, or compares it with the marked one. */
	readonly mark: (name: VisitedName) => Said;
}
