/** How far the reading of an image is. */
export interface ReadingProgress {
	/** What is being read, where a container is read beside its image; absent for an image alone. */
	readonly part?: 'image' | 'container';
	readonly phase: 'layers' | 'comparing';
	readonly layersDone: number;
	/** null while it is not known. */
	readonly layersTotal: number | null;
	readonly bytesDone: number;
	readonly bytesTotal: number | null;
}

/** How far one image is read. */
export interface ReadingImage {
	/** What the user asked for, as written. */
	readonly reference: string;
	/** null until something is known. */
	readonly progress: ReadingProgress | null;
	/** For what the reading waits, one sentence; null while it goes on. Hostile text may be in it: escape it before printing. */
	readonly waiting: string | null;
	readonly elapsedSeconds: number;
	readonly isDone: boolean;
}

/** Everything that the screen shows while images are being read: one, or the old and the new one, both at the same time. */
export interface ReadingState {
	readonly images: readonly ReadingImage[];
}

export function newReading(references: readonly string[]): ReadingState {
	return {
		images: references.map((reference) => ({
			reference,
			progress: null,
			waiting: null,
			elapsedSeconds: 0,
			isDone: false,
		})),
	};
}

/** The state with what is new about one of the images. */
export function withReading(
	{ images }: ReadingState,
	image: number,
	news: Partial<ReadingImage>,
): ReadingState {
	return { images: images.map((each, index) => (index === image ? { ...each, ...news } : each)) };
}
