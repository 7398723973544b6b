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

/** Everything that the screen shows while an image is being read. */
export interface ReadingState {
	/** What the user asked for, as written. */
	readonly reference: string;
	/** null until something is known. */
	readonly progress: ReadingProgress | null;
	/** For what the reading waits, one sentence; null while it goes on. Hostile text may be in it: escape it before printing. */
	readonly waiting: string | null;
	readonly elapsedSeconds: number;
}
