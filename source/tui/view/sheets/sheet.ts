import type { FileServices, ImageServices } from '../../model/effects/requests.ts';
import type { HomeState } from '../../model/home/home-state.ts';
import type { KnownDetails } from '../../model/image-details.ts';
import type { Size } from '../../model/layout.ts';
import type { LayerReading } from '../../model/opened-image.ts';
import type { KnownPairDetails } from '../../model/pair-details.ts';
import type { ReadingImage } from '../../model/reading.ts';
import { type ExplorerStart, startAt } from '../../model/shown/go-to.ts';
import { withDetails, withLayers, withPairDetails } from '../../model/shown/show-subject.ts';
import type { Subject } from '../../model/subject.ts';
import type { HomeListener } from '../home/press-at-home.ts';
import type { ScreenStore } from '../screen-store.ts';

export interface SheetOptions {
	/** What is being opened, as the user wrote it: an image, or the old and the new one; none for a list. */
	readonly references: readonly string[];
	/** Who reads the files of what is explored. */
	readonly files: FileServices;
	/** Who knows where the image is from. */
	readonly image: ImageServices;
}

/** What shows an image, or what differs between two. */
export interface ImageSheet {
	/** Shows what is new about the reading of one of the images, by its position among the references. */
	showReading(news: Partial<ReadingImage>, image?: number): void;
	/** Shows a subject, or what more is known about the same one. */
	show(subject: Subject): void;
	/** Shows how far each layer of the image is read, lowest first; left out where nothing is shown before all of it is read. */
	showLayers?(layers: readonly LayerReading[]): void;
	/** Shows details of the image that have become known, or failed. */
	showDetails(details: Partial<KnownDetails>): void;
	/** The same for two images. */
	showPairDetails(details: Partial<KnownPairDetails>): void;
	/** Goes where the user asked to begin, in what is shown. */
	startAt(start: ExplorerStart): void;
}

/** What the terminal shows of one image, of two, or of a list of images. Another one may be shown meanwhile. */
export interface Sheet extends ImageSheet {
	/** Shows a list of images. */
	showHome(home: HomeState, listener: HomeListener): void;
	/** Changes the list of images, where it is shown. */
	updateHome(change: (home: HomeState) => HomeState): void;
	/** Says something in the status line of the explorer; safe for a terminal. */
	say(message: string): void;
	/** Gets that the user goes back to where they were before. */
	listenForReturn(listener: () => void): void;
}

/** The sheet that a store holds. */
export function sheetOf(store: ScreenStore, sizeOf: () => Size): Sheet {
	return {
		showReading: (news, image = 0) => store.showReading(news, image),
		show: (subject) => store.show(subject, sizeOf()),
		showLayers: (layers) => store.change((explorer) => withLayers(explorer, layers)),
		showDetails: (details) => store.change((explorer) => withDetails(explorer, details)),
		showPairDetails: (details) => store.change((explorer) => withPairDetails(explorer, details)),
		startAt: (start) => store.act((explorer) => startAt(explorer, start)),
		showHome: (home, listener) => store.showHome(home, listener),
		updateHome: (change) => store.updateHome(change),
		say: (message) => store.act((explorer) => ({ ...explorer, message, effects: [] })),
		listenForReturn: (listener) => store.listenForReturn(listener),
	};
}
